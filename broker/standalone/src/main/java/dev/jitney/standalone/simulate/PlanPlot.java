package dev.jitney.standalone.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/**
 * A comparison of capacities as a picture: SVG, one line for each limit and percentile, wait
 * against capacity. Limits differ in colour and mark, percentiles in the stroke, so that nothing
 * hangs on colour alone. The colours are those of Okabe and Ito; in the dark only black is lifted.
 */
public final class PlanPlot {
    /** More than these have no colour of their own. */
    public static final int LIMITS_MAX = 5;

    private static final int WIDTH = 860;
    private static final int HEIGHT = 500;
    private static final int LEFT = 84;
    private static final int RIGHT = 640;
    private static final int TOP = 72;
    private static final int BOTTOM = 420;

    /** Where a line may be labelled, in milliseconds. */
    private static final long[] TICKS = {
        1_000,
        2_000,
        5_000,
        10_000,
        30_000,
        60_000,
        120_000,
        300_000,
        600_000,
        1_800_000,
        3_600_000,
        7_200_000,
        18_000_000,
        36_000_000,
        86_400_000,
        360_000_000
    };

    private static final List<Percentile> PERCENTILES =
            List.of(
                    new Percentile("p50", "", PlanRow::p50),
                    new Percentile("p95", "8 5", PlanRow::p95),
                    new Percentile("p99", "2 4", PlanRow::p99));

    private final List<PlanRow> rows;
    private final int runnersPerNode;
    private final SortedSet<Integer> capacities = new TreeSet<>();
    private final SortedSet<Integer> limits = new TreeSet<>();
    private final long low;
    private final long high;
    private final StringBuilder svg = new StringBuilder();

    private record Percentile(String name, String dashes, ToLongFunction<PlanRow> millis) {}

    private PlanPlot(List<PlanRow> rows, int runnersPerNode) {
        this.rows = rows;
        this.runnersPerNode = runnersPerNode;
        long least = Long.MAX_VALUE;
        long most = 0;
        for (PlanRow row : rows) {
            capacities.add(row.capacity());
            limits.add(row.limit());
            least = Math.min(least, row.p50());
            most = Math.max(most, row.p99());
        }
        this.low = below(least);
        this.high = above(Math.max(most, low + 1));
    }

    /**
     * The picture.
     *
     * @param rows at least one, of at most {@link #LIMITS_MAX} limits
     * @param about one line about the load
     * @param runnersPerNode 0 to leave nodes out
     */
    public static String of(List<PlanRow> rows, String about, int runnersPerNode) {
        return new PlanPlot(List.copyOf(rows), runnersPerNode).draw(about);
    }

    private static long below(long millis) {
        long tick = TICKS[0];
        for (long each : TICKS) {
            tick = each <= millis ? each : tick;
        }
        return tick;
    }

    private static long above(long millis) {
        for (long each : TICKS) {
            if (each >= millis) {
                return each;
            }
        }
        return millis;
    }

    private String draw(String about) {
        line(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
                        + " aria-labelledby=\"title desc\">",
                WIDTH, HEIGHT);
        line("<title id=\"title\">How long jobs wait, by capacity</title>");
        line("<desc id=\"desc\">%s</desc>", escaped(description(about)));
        style();
        line("<rect class=\"paper\" width=\"%d\" height=\"%d\"/>", WIDTH, HEIGHT);
        line("<text class=\"head\" x=\"%d\" y=\"30\">How long jobs wait, by capacity</text>", LEFT);
        line("<text class=\"soft\" x=\"%d\" y=\"52\">%s</text>", LEFT, escaped(about));
        waits();
        capacities();
        int index = 0;
        for (int limit : limits) {
            for (Percentile percentile : PERCENTILES) {
                curve(limit, index, percentile);
            }
            index++;
        }
        legend();
        line("</svg>");
        return svg.toString();
    }

    private void style() {
        line("<style>");
        line("text { font: 13px system-ui, sans-serif; fill: #1f2328; }");
        line(".head { font-size: 18px; font-weight: 600; } .soft { fill: #59636e; }");
        line(".end { text-anchor: end; } .mid { text-anchor: middle; }");
        line(".paper { fill: #ffffff; } .grid { stroke: #d1d9e0; } .axis { stroke: #59636e; }");
        line(".curve { fill: none; stroke-width: 2.5; stroke-linejoin: round; }");
        line(".l0 { stroke: #0072b2; } .m0 { fill: #0072b2; }");
        line(".l1 { stroke: #d55e00; } .m1 { fill: #d55e00; }");
        line(".l2 { stroke: #009e73; } .m2 { fill: #009e73; }");
        line(".l3 { stroke: #cc79a7; } .m3 { fill: #cc79a7; }");
        line(".l4 { stroke: #000000; } .m4 { fill: #000000; }");
        line("@media (prefers-color-scheme: dark) {");
        line("text { fill: #f0f6fc; } .soft { fill: #b1bac4; } .paper { fill: #0d1117; }");
        line(".grid { stroke: #30363d; } .axis { stroke: #9198a1; }");
        line(".l0 { stroke: #56b4e9; } .m0 { fill: #56b4e9; }");
        line(".l4 { stroke: #f0e442; } .m4 { fill: #f0e442; }");
        line("}");
        line("</style>");
    }

    private void waits() {
        for (long tick : TICKS) {
            if (tick >= low && tick <= high) {
                double y = y(tick);
                line(
                        "<line class=\"grid\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>",
                        LEFT, y, RIGHT, y);
                line(
                        "<text class=\"end\" x=\"%d\" y=\"%.1f\">%s</text>",
                        LEFT - 10, y + 4, label(tick));
            }
        }
        int middle = (TOP + BOTTOM) / 2;
        line(
                "<text class=\"mid\" transform=\"translate(20 %d) rotate(-90)\">"
                        + "wait for a runner (logarithmic)</text>",
                middle);
    }

    private void capacities() {
        line(
                "<line class=\"axis\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>",
                LEFT, BOTTOM, RIGHT, BOTTOM);
        for (int capacity : capacities) {
            double x = x(capacity);
            line(
                    "<line class=\"axis\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>",
                    x, BOTTOM, x, BOTTOM + 6);
            line("<text class=\"mid\" x=\"%.1f\" y=\"%d\">%d</text>", x, BOTTOM + 22, capacity);
            if (runnersPerNode > 0) {
                line(
                        "<text class=\"mid soft\" x=\"%.1f\" y=\"%d\">%d</text>",
                        x, BOTTOM + 40, PlanText.nodes(capacity, runnersPerNode));
            }
        }
        line(
                "<text class=\"mid\" x=\"%d\" y=\"%d\">capacity in runners%s</text>",
                (LEFT + RIGHT) / 2,
                BOTTOM + 64,
                runnersPerNode > 0 ? ", and in nodes of " + runnersPerNode : "");
    }

    private void curve(int limit, int index, Percentile percentile) {
        List<PlanRow> along =
                rows.stream()
                        .filter(row -> row.limit() == limit)
                        .sorted((one, other) -> Integer.compare(one.capacity(), other.capacity()))
                        .toList();
        List<String> points = new ArrayList<>();
        for (PlanRow row : along) {
            points.add(
                    number(x(row.capacity()))
                            + ","
                            + number(y(percentile.millis().applyAsLong(row))));
        }
        stroke(index, percentile, String.join(" ", points));
        for (PlanRow row : along) {
            mark(index, x(row.capacity()), y(percentile.millis().applyAsLong(row)));
        }
    }

    private void stroke(int index, Percentile percentile, String points) {
        String dashes =
                percentile.dashes().isEmpty()
                        ? ""
                        : " stroke-dasharray=\"" + percentile.dashes() + "\"";
        line("<polyline class=\"curve l%d\"%s points=\"%s\"/>", index, dashes, points);
    }

    private void mark(int index, double x, double y) {
        String form =
                switch (index) {
                    case 0 -> "M-4.5,0a4.5,4.5 0 1,0 9,0a4.5,4.5 0 1,0 -9,0z";
                    case 1 -> "M-4.2,-4.2h8.4v8.4h-8.4z";
                    case 2 -> "M0,-5.5L5.5,4.5H-5.5z";
                    case 3 -> "M0,-6L6,0L0,6L-6,0z";
                    default -> "M0,5.5L5.5,-4.5H-5.5z";
                };
        line(
                "<path class=\"m%d\" transform=\"translate(%.1f %.1f)\" d=\"%s\"/>",
                index, x, y, form);
    }

    private void legend() {
        int x = RIGHT + 32;
        int y = TOP + 8;
        int index = 0;
        for (int limit : limits) {
            line(
                    "<text x=\"%d\" y=\"%d\" font-weight=\"600\">limit %d an organization</text>",
                    x, y, limit);
            for (Percentile percentile : PERCENTILES.reversed()) {
                y += 20;
                stroke(index, percentile, x + "," + (y - 4) + " " + (x + 44) + "," + (y - 4));
                mark(index, x + 22, y - 4);
                line("<text x=\"%d\" y=\"%d\">%s</text>", x + 56, y, percentile.name());
            }
            y += 26;
            index++;
        }
    }

    /** All that the picture shows, in words. */
    private String description(String about) {
        var words = new StringBuilder(about).append('.');
        for (PlanRow row : rows) {
            words.append(
                    String.format(
                            Locale.ROOT,
                            " Capacity %d, limit %d: p50 %s, p95 %s, p99 %s.",
                            row.capacity(),
                            row.limit(),
                            PlanText.duration(row.p50()),
                            PlanText.duration(row.p95()),
                            PlanText.duration(row.p99())));
        }
        return words.toString();
    }

    private double x(int capacity) {
        int first = capacities.first();
        int last = capacities.last();
        int inner = RIGHT - LEFT - 60;
        return first == last
                ? (LEFT + RIGHT) / 2.0
                : LEFT + 30 + (double) inner * (capacity - first) / (last - first);
    }

    private double y(long millis) {
        double along =
                Math.log((double) Math.max(low, millis) / low) / Math.log((double) high / low);
        return BOTTOM - along * (BOTTOM - TOP);
    }

    private static String label(long millis) {
        if (millis < 60_000) {
            return millis / 1_000 + " s";
        }
        return millis < 3_600_000 ? millis / 60_000 + " min" : millis / 3_600_000 + " h";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    @SuppressWarnings("AnnotateFormatMethod") // Its formats are constants of this class.
    private void line(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
