package dev.jitney.broker.dispatcher.ping;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the next tick is due, seen from Sunday 2026-11-22 10:15:30 UTC. */
final class ScheduleTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:15:30Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | '' | PT30S",
                "* * * * * | '' | PT30S",
                "*/10 * * * * * | '' | PT10S",
                "0 12 * * * | '' | PT1H44M30S",
                "0 12 ? * ? | '' | PT1H44M30S",
                "0 20 * * * | Asia/Seoul | PT44M30S",
                "@hourly | '' | PT44M30S",
                "@daily | '' | PT13H44M30S",
                "0 0 * * 1 | '' | PT13H44M30S",
                "0 0 * * MON | '' | PT13H44M30S",
                "0 0 1 * 1 | '' | PT13H44M30S",
            })
    void tells(String schedule, String zone, Duration expected) {
        assertEquals(expected, Schedule.of(schedule, zone).untilNext(NOW).orElseThrow());
    }
}
