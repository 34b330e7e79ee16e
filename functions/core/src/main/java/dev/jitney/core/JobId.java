package dev.jitney.core;

/**
 * Identifies one workflow job of a GitHub server: {@code workflow_job.id}.
 *
 * @param value positive; unique on the server, also across re-runs
 */
public record JobId(long value) implements Comparable<JobId> {
    public JobId {
        if (value <= 0) {
            throw new IllegalArgumentException("job id is not positive: " + value);
        }
    }

    @Override
    public int compareTo(JobId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
