package dev.jitney.kubernetes.simulator;

import io.vertx.core.Vertx;
import java.time.Duration;

/** Timers in virtual time, which runs faster than real time by a factor. */
final class VirtualTime {
    private final Vertx vertx;
    private final double speed;

    VirtualTime(Vertx vertx, double speed) {
        this.vertx = vertx;
        this.speed = speed;
    }

    /** Real milliseconds of a virtual duration, at least as many as given. */
    long millis(Duration virtual, long millisMin) {
        return Math.max(millisMin, (long) (virtual.toMillis() / speed));
    }

    /** Runs a step once; the number returned cancels it. */
    long after(Duration virtual, long millisMin, Runnable step) {
        return vertx.setTimer(millis(virtual, millisMin), id -> step.run());
    }

    void cancel(long timer) {
        vertx.cancelTimer(timer);
    }
}
