package dev.jitney.simulation.check;

import java.util.Arrays;

/** How long jobs waited, in milliseconds of virtual time, and how much they worked. */
public final class Waits {
    private long[] millis = new long[1024];
    private int size;
    private long workedNanos;

    void add(long nanos) {
        if (size == millis.length) {
            millis = Arrays.copyOf(millis, size * 2);
        }
        millis[size++] = nanos / 1_000_000;
    }

    void worked(long nanos) {
        workedNanos += nanos;
    }

    /** Time that runners worked on jobs before arrivals ended, all together, in nanoseconds. */
    public long workedNanos() {
        return workedNanos;
    }

    public int count() {
        return size;
    }

    /** All of them, shortest first. */
    public long[] sorted() {
        long[] sorted = Arrays.copyOf(millis, size);
        Arrays.sort(sorted);
        return sorted;
    }

    /**
     * What that share of them is at most; 0 when there is none.
     *
     * @param share from 0 to 1
     */
    public long millis(double share) {
        long[] sorted = sorted();
        return size == 0 ? 0 : sorted[(int) Math.min(size - 1, Math.floor(share * size))];
    }
}
