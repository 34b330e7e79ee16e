package dev.jitney.standalone.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlanRowTest {
    @Test
    void hundredJobsAreRightToTheLast() {
        long[] waits = LongStream.rangeClosed(1, 100).map(each -> each * 10_000).toArray();

        assertEquals(
                new PlanRow(
                        20, 5, 100, 510_000, 910_000, 960_000, 1_000_000, 1_000_000, 0.94, 0.70,
                        0.5),
                PlanRow.of(20, 5, waits, 0.5));
    }

    @Test
    void exactlyAMinuteIsNotMore() {
        PlanRow row = PlanRow.of(1, 1, new long[] {0, 60_000, 60_001, 300_001}, 1);

        assertEquals(0.5, row.overMinute());
        assertEquals(0.25, row.overFiveMinutes());
    }

    @Test
    void noJobsAreNoWaits() {
        assertEquals(
                new PlanRow(1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0), PlanRow.of(1, 1, new long[0], 0));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.0 s",
        "9_840, 9.8 s",
        "99_999, 100.0 s",
        "100_000, 1.7 min",
        "5_999_999, 100.0 min",
        "6_000_000, 1.7 h"
    })
    void waitsAreReadable(String millis, String text) {
        assertEquals(text, PlanText.duration(Long.parseLong(millis.replace("_", ""))));
    }

    @Test
    void theTableSpeaksInNodesToo() {
        List<PlanRow> rows =
                List.of(
                        new PlanRow(
                                195, 5, 1000, 9_800, 61_000, 120_000, 6_100_000, 9_000_000, 0.101,
                                0.02, 0.846));

        assertEquals(
                """
                capacity limit |     p50     p90     p95     p99     max | > 1 min > 5 min | used
                     195     5 |   9.8 s  61.0 s 2.0 min   1.7 h   2.5 h |   10.1%    2.0% |  85%
                """,
                PlanText.table(rows, 0));
        assertEquals(
                """
                nodes capacity limit |     p50     p90     p95     p99     max | > 1 min > 5 min | used
                   20      195     5 |   9.8 s  61.0 s 2.0 min   1.7 h   2.5 h |   10.1%    2.0% |  85%
                """,
                PlanText.table(rows, 10));
    }
}
