package dev.jitney.runner;

import java.time.Duration;

/** Waiting, as a parameter: real in a function, a step of the clock in a simulation. */
@FunctionalInterface
public interface Pause {
    void sleep(Duration duration);

    /** Blocks the calling thread. */
    static void really(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }
}
