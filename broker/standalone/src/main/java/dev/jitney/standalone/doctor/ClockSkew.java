package dev.jitney.standalone.doctor;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;

/** What is said of the clock of a server. */
final class ClockSkew {
    private static final Duration NOTICED = Duration.ofSeconds(10);

    private ClockSkew() {}

    /**
     * Judges how far it is from this machine's.
     *
     * @param ahead of this machine's; empty if the server does not say
     * @param behind words for a clock that is late
     * @param before words for one that is early
     * @param apart makes the finding of a difference that matters, from what it is and how much
     */
    static Finding judged(
            Optional<Duration> ahead,
            String behind,
            String before,
            BiFunction<String, Duration, Finding> apart) {
        if (ahead.isEmpty()) {
            return Finding.warn("does not say what time it is", "compare the clocks yourself");
        }
        Duration difference = ahead.get().abs();
        String what =
                "clock is "
                        + difference.toSeconds()
                        + " s "
                        + (ahead.get().isNegative() ? behind : before);
        return difference.compareTo(NOTICED) < 0 ? Finding.ok(what) : apart.apply(what, difference);
    }
}
