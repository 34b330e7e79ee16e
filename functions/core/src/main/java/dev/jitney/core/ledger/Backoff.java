package dev.jitney.core.ledger;

import java.time.Duration;

/**
 * How long a job waits after its runner could not be made: doubled with each failure in a row.
 *
 * @param first after the first failure
 * @param longest never more than this
 */
public record Backoff(Duration first, Duration longest) {
    public static final Backoff STANDARD =
            new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(10));

    public Backoff {
        if (first.isNegative() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("backoff from " + first + " to " + longest);
        }
    }

    /**
     * @param failures how often in a row, at least 1
     */
    Duration after(int failures) {
        int doublings = Math.min(failures - 1, 20);
        Duration wait = first.multipliedBy(1L << doublings);
        return wait.compareTo(longest) > 0 ? longest : wait;
    }
}
