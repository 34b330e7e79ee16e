package dev.jitney.standalone.demo;

import java.time.Duration;

/**
 * How far a demo is.
 *
 * @param total jobs there will be
 * @param elapsed since its start
 * @param perSecond jobs that ended in the last second
 */
public record Progress(int total, Counts counts, Duration elapsed, int perSecond) {

    /**
     * Where the jobs are.
     *
     * @param arrived all so far
     * @param waiting for a runner or at a gate
     * @param running on a runner
     * @param ended on a runner or cancelled
     */
    public record Counts(int arrived, int waiting, int running, int ended) {}

    private static final int BAR = 30;

    /** A line to overwrite the last one with. */
    public String bar() {
        int done = total == 0 ? BAR : (int) ((long) counts.ended() * BAR / total);
        return "[%s%s] %s".formatted("#".repeat(done), ".".repeat(BAR - done), line());
    }

    /** A line of its own. */
    public String line() {
        return "%4d s  queued %d  running %d  done %d of %d  (%d/s)"
                .formatted(
                        elapsed.toSeconds(),
                        counts.waiting(),
                        counts.running(),
                        counts.ended(),
                        total,
                        perSecond);
    }
}
