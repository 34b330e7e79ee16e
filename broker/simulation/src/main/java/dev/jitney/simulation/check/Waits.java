package dev.jitney.simulation.check;

import java.util.Arrays;

/** How long jobs waited, in milliseconds of virtual time. */
public final class Waits {
    private long[] millis = new long[1024];
    private int size;

    void add(long nanos) {
        if (size == millis.length) {
            millis = Arrays.copyOf(millis, size * 2);
        }
        millis[size++] = nanos / 1_000_000;
    }

    /** All of them, shortest first. */
    public long[] sorted() {
        long[] sorted = Arrays.copyOf(millis, size);
        Arrays.sort(sorted);
        return sorted;
    }
}
