package dev.jitney.broker.activator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** The highest number of instances the load asked for within the stable window. */
final class LoadWindow {
    private final long windowNanos;
    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(long nanos, int wanted) {}

    LoadWindow(Duration window) {
        this.windowNanos = window.toNanos();
    }

    void add(long nowNanos, int wanted) {
        // Whatever is lower and older than this sample can never be the highest again.
        while (!samples.isEmpty() && samples.getLast().wanted() <= wanted) {
            samples.removeLast();
        }
        samples.add(new Sample(nowNanos, wanted));
    }

    int highest(long nowNanos) {
        while (!samples.isEmpty() && nowNanos - samples.getFirst().nanos() > windowNanos) {
            samples.removeFirst();
        }
        return samples.isEmpty() ? 0 : samples.getFirst().wanted();
    }
}
