package dev.jitney.core.ledger;

import dev.jitney.core.JobId;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.RunnerName;
import java.time.Instant;
import java.util.Comparator;

/**
 * A job in the line for a place in the cluster.
 *
 * @param runner the name its runner will have when it is granted a place
 */
public record LineEntry(
        JobId job, RunnerClassName runnerClass, Instant createdAt, RunnerName runner)
        implements Comparable<LineEntry> {

    private static final Comparator<LineEntry> BY_AGE =
            Comparator.comparing(LineEntry::createdAt).thenComparing(LineEntry::job);

    static LineEntry of(WaitingJob job) {
        return new LineEntry(job.id(), job.runnerClass(), job.createdAt(), job.runner());
    }

    public Age age() {
        return new Age(createdAt, job);
    }

    @Override
    public int compareTo(LineEntry other) {
        return BY_AGE.compare(this, other);
    }
}
