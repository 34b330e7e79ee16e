package dev.jitney.standalone.simulate;

import java.util.List;
import java.util.Locale;

/** A comparison of capacities as people read it. */
public final class PlanText {
    private PlanText() {}

    /**
     * The table.
     *
     * @param runnersPerNode 0 to leave nodes out
     */
    public static String table(List<PlanRow> rows, int runnersPerNode) {
        var text = new StringBuilder();
        if (runnersPerNode > 0) {
            text.append("nodes ");
        }
        text.append(
                "capacity limit |     p50     p90     p95     p99     max | > 1 min > 5 min | used\n");
        for (PlanRow row : rows) {
            if (runnersPerNode > 0) {
                text.append(
                        String.format(Locale.ROOT, "%5d ", nodes(row.capacity(), runnersPerNode)));
            }
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%8d %5d | %7s %7s %7s %7s %7s | %7s %7s | %4s%n",
                            row.capacity(),
                            row.limit(),
                            duration(row.p50()),
                            duration(row.p90()),
                            duration(row.p95()),
                            duration(row.p99()),
                            duration(row.longest()),
                            percent(row.overMinute()),
                            percent(row.overFiveMinutes()),
                            String.format(Locale.ROOT, "%.0f%%", row.utilization() * 100)));
        }
        return text.toString();
    }

    /** Nodes that a capacity needs: a part of one is one. */
    static int nodes(int capacity, int runnersPerNode) {
        return Math.ceilDiv(capacity, runnersPerNode);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", share * 100);
    }

    /** A wait with two units at most. */
    static String duration(long millis) {
        if (millis < 100_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        if (millis < 6_000_000) {
            return String.format(Locale.ROOT, "%.1f min", millis / 60_000.0);
        }
        return String.format(Locale.ROOT, "%.1f h", millis / 3_600_000.0);
    }
}
