package dev.jitney.core.ledger;

import dev.jitney.core.Held;
import dev.jitney.core.JobId;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.RunnerName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;

/**
 * A job that wants a runner. Ordered by age: GitHub's {@code created_at}, then id.
 *
 * @param repository full name, {@code owner/name}
 * @param createdAt when GitHub created the job; kept through every requeue
 * @param generation how many runner names this job has used up
 * @param failures how often making its runner failed in a row, for the backoff
 * @param notBefore earliest time it may stand in line again; {@link Instant#EPOCH} for at once
 * @param held why it was put back last; {@link Held#NONE} if it never was
 */
public record WaitingJob(
        JobId id,
        RunnerClassName runnerClass,
        String repository,
        Instant createdAt,
        int generation,
        int failures,
        Instant notBefore,
        Held held)
        implements Comparable<WaitingJob> {

    private static final Comparator<WaitingJob> BY_AGE =
            Comparator.comparing(WaitingJob::createdAt).thenComparing(WaitingJob::id);

    /** Too young to have used up a name and lost it again. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    /** Ten days, far longer than a job may wait; and a runner's name stays a DNS label. */
    private static final int NAMES_MAX = 900_000;

    public WaitingJob {
        if (generation < 0 || failures < 0) {
            throw new IllegalArgumentException("negative count in " + id);
        }
    }

    public static WaitingJob first(
            JobId id, RunnerClassName runnerClass, String repository, Instant createdAt) {
        return new WaitingJob(
                id, runnerClass, repository, createdAt, 0, 0, Instant.EPOCH, Held.NONE);
    }

    /**
     * The same job as it comes into a ledger that does not know it. One that was created a while
     * ago may have had runners already, in a ledger that was lost, and GitHub remembers what ran on
     * them by their names. No job uses up a name each second, so one name for each second of its
     * age is above all of them.
     */
    WaitingJob enteringAt(Instant now) {
        Duration age = Duration.between(createdAt, now);
        return age.compareTo(FRESH) <= 0 ? this : afterNames(age);
    }

    /** The same job after as many more names as a time has seconds. */
    public WaitingJob afterNames(Duration time) {
        int more = Math.clamp(time.toSeconds(), 0, NAMES_MAX);
        return more == 0
                ? this
                : new WaitingJob(
                        id,
                        runnerClass,
                        repository,
                        createdAt,
                        generation + more,
                        failures,
                        notBefore,
                        held);
    }

    /** The name its next runner will have. */
    public RunnerName runner() {
        return RunnerName.of(runnerClass, id, generation);
    }

    boolean isDue(Instant now) {
        return !notBefore.isAfter(now);
    }

    /** The same job, as old as before, waiting for a runner of a new name. */
    WaitingJob requeued() {
        return new WaitingJob(
                id, runnerClass, repository, createdAt, generation + 1, failures, notBefore, held);
    }

    /**
     * The same job under a later name than all of these runners that were made for it: a late or
     * repeated event may bring back a job whose first runner went to another one, and a name that
     * comes twice would let a late event about the first end the second.
     */
    WaitingJob laterThan(Collection<RunnerName> runners) {
        int next = generation;
        for (RunnerName runner : runners) {
            next = Math.max(next, generationAfter(runner));
        }
        return next == generation
                ? this
                : new WaitingJob(
                        id, runnerClass, repository, createdAt, next, failures, notBefore, held);
    }

    private int generationAfter(RunnerName runner) {
        return runner.origin(runnerClass)
                .filter(origin -> origin.job().equals(id))
                .map(origin -> origin.generation() + 1)
                .orElse(0);
    }

    /** The same job after its runner could not be made. */
    WaitingJob refused(Held reason, Instant retryAt) {
        return new WaitingJob(
                id,
                runnerClass,
                repository,
                createdAt,
                generation + 1,
                failures + 1,
                retryAt,
                reason);
    }

    @Override
    public int compareTo(WaitingJob other) {
        return BY_AGE.compare(this, other);
    }
}
