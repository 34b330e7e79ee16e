package dev.jitney.core.ledger;

import dev.jitney.core.JobId;
import java.time.Instant;
import java.util.Comparator;

/**
 * How old a job is, and with it its turn: GitHub's {@code created_at}, then id. Smaller is older.
 */
public record Age(Instant createdAt, JobId job) implements Comparable<Age> {
    /** Younger than every job. */
    public static final Age LAST =
            new Age(Instant.parse("2262-01-01T00:00:00Z"), new JobId(Long.MAX_VALUE));

    private static final Comparator<Age> ORDER =
            Comparator.comparing(Age::createdAt).thenComparing(Age::job);

    /** The minute since the epoch that the job was created in. */
    public long minute() {
        return Math.floorDiv(createdAt.getEpochSecond(), 60L);
    }

    boolean isOlderThan(Age other) {
        return compareTo(other) < 0;
    }

    @Override
    public int compareTo(Age other) {
        return ORDER.compare(this, other);
    }
}
