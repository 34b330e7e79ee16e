package dev.jitney.core.reconcile;

import java.time.Duration;

/**
 * How long an odd state may last before it is repaired. Each is longer than the events that would
 * normally end the state need, retries included.
 *
 * @param unmade a lease whose pod was not made yet: the request is sent again
 * @param unconfirmed a place whose lease was not written
 * @param ended a lease whose pod has ended or is gone
 * @param leaving a lease that is leaving while its pod lives on
 * @param fenced a retiring lease that has no pod: a request for it may still be at work
 * @param stray a pod without a lease
 */
public record Patience(
        Duration unmade,
        Duration unconfirmed,
        Duration ended,
        Duration leaving,
        Duration fenced,
        Duration stray) {
    public static final Patience STANDARD =
            new Patience(
                    Duration.ofSeconds(45),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(60));
}
