package dev.jitney.ledger.stored;

import java.time.Instant;

/** Times as nanoseconds since the epoch: exact from the year 1677 to 2262. */
final class Nanos {
    private static final long PER_SECOND = 1_000_000_000L;
    private static final Instant FIRST = toInstant(Long.MIN_VALUE);
    private static final Instant LAST = toInstant(Long.MAX_VALUE);

    private Nanos() {}

    /** A time outside the range becomes its nearer end, so that no record is unstorable. */
    static long of(Instant instant) {
        if (instant.isBefore(FIRST)) {
            return Long.MIN_VALUE;
        }
        if (instant.isAfter(LAST)) {
            return Long.MAX_VALUE;
        }
        long seconds = instant.getEpochSecond();
        long nanos = instant.getNano();
        if (seconds < 0 && nanos > 0) {
            // Keeps the product in range for the first second of it.
            return (seconds + 1) * PER_SECOND + (nanos - PER_SECOND);
        }
        return seconds * PER_SECOND + nanos;
    }

    static Instant toInstant(long nanos) {
        return Instant.ofEpochSecond(
                Math.floorDiv(nanos, PER_SECOND), Math.floorMod(nanos, PER_SECOND));
    }
}
