package dev.jitney.simulation.engine;

import java.time.Instant;

/** Virtual time in nanoseconds, and as the times that functions see. */
public final class Nanos {
    public static final long MILLI = 1_000_000L;
    public static final long SECOND = 1_000 * MILLI;
    public static final long MINUTE = 60 * SECOND;
    public static final long HOUR = 60 * MINUTE;

    /** When every run begins. */
    private static final Instant BEGIN = Instant.parse("2030-01-07T08:00:00Z");

    private Nanos() {}

    public static Instant instant(long nanos) {
        return BEGIN.plusNanos(nanos);
    }

    /** As people read it: hours, minutes, seconds and milliseconds since the beginning. */
    public static String text(long nanos) {
        long millis = nanos / MILLI;
        return "%02d:%02d:%02d.%03d"
                .formatted(
                        millis / 3_600_000,
                        millis / 60_000 % 60,
                        millis / 1_000 % 60,
                        millis % 1_000);
    }
}
