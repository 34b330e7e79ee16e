package dev.jitney.core.ledger;

import dev.jitney.core.RunnerName;
import java.time.Instant;

/**
 * The right of an organization to one runner: written before the runner exists, gone after it.
 *
 * @param runner the lease's id and the runner's name
 * @param job the job it was granted for or, when {@link LeaseState#BUSY} or later, the job it ran
 * @param since when it entered {@code state}
 */
public record Lease(RunnerName runner, WaitingJob job, LeaseState state, Instant since) {

    Lease in(LeaseState next, Instant now) {
        return state == next ? this : new Lease(runner, job, next, now);
    }

    /** The same runner, now for another job; how far the runner has come does not change. */
    Lease serving(WaitingJob other) {
        return new Lease(runner, other, state, since);
    }

    Lease busyWith(WaitingJob other, Instant now) {
        return new Lease(runner, other, LeaseState.BUSY, now);
    }
}
