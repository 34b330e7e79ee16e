package dev.jitney.ledger;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.ledger.Growth.Cost;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an event costs does not grow with the organizations that wait, nor with all their jobs. */
class GrowthTest {
    private static final int EVENTS = 400;

    /** Sizes of the table in docs/performance.md; they take minutes. */
    private static final boolean FULL = "full".equals(System.getenv("JITNEY_GROWTH"));

    private record Size(int organizations, long jobs) {}

    private record Row(Size size, Cost queued, Cost released) {
        @Override
        public String toString() {
            return "| %,d | %,d | %.1f | %.1f kB | %.0f us | %.1f | %.1f kB | %.0f us |"
                    .formatted(
                            size.organizations(),
                            size.jobs(),
                            queued.calls(),
                            queued.bytes() / 1000,
                            queued.micros(),
                            released.calls(),
                            released.bytes() / 1000,
                            released.micros());
        }
    }

    @Test
    void costsTheSameForManyOrganizations() {
        List<Size> sizes =
                FULL
                        ? List.of(
                                new Size(100, 10_000),
                                new Size(1_000, 10_000),
                                new Size(10_000, 100_000),
                                new Size(100_000, 1_000_000),
                                new Size(1_000, 100_000),
                                new Size(10_000, 1_000_000))
                        : List.of(new Size(500, 5_000), new Size(5_000, 50_000));

        List<Row> rows = sizes.stream().map(GrowthTest::measured).toList();

        rows.forEach(System.out::println);
        Row few = rows.get(FULL ? 1 : 0);
        Row many = rows.get(FULL ? 3 : 1);
        assertFlat(few.queued(), many.queued());
        assertFlat(few.released(), many.released());
    }

    private static Row measured(Size size) {
        Growth growth = new Growth(size.organizations(), size.jobs());
        return new Row(size, growth.queued(EVENTS), growth.released(EVENTS));
    }

    /** Calls and bytes do not depend on the machine; time is for the table only. */
    private static void assertFlat(Cost few, Cost many) {
        assertTrue(many.calls() < few.calls() * 1.5, few + " grew to " + many);
        assertTrue(many.bytes() < few.bytes() * 1.5, few + " grew to " + many);
    }
}
