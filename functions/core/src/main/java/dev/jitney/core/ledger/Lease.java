package dev.jitney.core.ledger;

import dev.jitney.core.RunnerClassName;
import dev.jitney.core.RunnerName;
import java.time.Duration;
import java.time.Instant;

/**
 * The right of an organization to one runner: written before the runner exists, gone after it.
 *
 * @param runner the lease's id and the runner's name
 * @param runnerClass what the runner is and counts as; GitHub may give it a job of another class
 *     whose labels it has
 * @param job the job it was granted for or, when {@link LeaseState#BUSY} or later, the job it ran
 * @param since when it entered {@code state}
 */
public record Lease(
        RunnerName runner,
        RunnerClassName runnerClass,
        WaitingJob job,
        LeaseState state,
        Instant since) {

    /** At most; a store that lost everything grants nothing for twice as long. */
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(30);

    /** A lease for a job of its own class. */
    public Lease(RunnerName runner, WaitingJob job, LeaseState state, Instant since) {
        this(runner, job.runnerClass(), job, state, since);
    }

    Lease in(LeaseState next, Instant now) {
        return state == next ? this : new Lease(runner, runnerClass, job, next, now);
    }

    /** The same runner, now for another job; how far the runner has come does not change. */
    Lease serving(WaitingJob other) {
        return new Lease(runner, runnerClass, other, state, since);
    }

    Lease busyWith(WaitingJob other, Instant now) {
        return new Lease(runner, runnerClass, other, LeaseState.BUSY, now);
    }

    /** Whether it may have stood at a time, by the clock of another process. */
    boolean stood(Instant then) {
        return !since.minus(CLOCKS_DIFFER).isAfter(then);
    }

    /** Whether a job may count on it: GitHub may give it any job whose labels it has. */
    boolean fits(WaitingJob other) {
        return runnerClass.equals(other.runnerClass());
    }
}
