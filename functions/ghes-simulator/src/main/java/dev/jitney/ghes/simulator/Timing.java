package dev.jitney.ghes.simulator;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Timers of the event loop, and the exchange rate between virtual and real time. */
final class Timing {
    private final Vertx vertx;
    private final InstantSource clock;
    private final double speed;

    Timing(Vertx vertx, InstantSource clock, double speed) {
        this.vertx = vertx;
        this.clock = clock;
        this.speed = speed;
    }

    /** The real time a virtual duration takes, to the millisecond. */
    Duration real(Duration virtual) {
        return Duration.ofMillis(Math.round(virtual.toMillis() / speed));
    }

    /** Now, in whole seconds as GitHub writes times. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    Instant exactly() {
        return clock.instant();
    }

    /** Runs the action once, after a real delay. Returns the id to cancel it by. */
    long after(Duration real, Runnable action) {
        return vertx.setTimer(Math.max(1, real.toMillis()), _ -> action.run());
    }

    void cancel(long timer) {
        vertx.cancelTimer(timer);
    }
}
