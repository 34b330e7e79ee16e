package dev.jitney.standalone.simulate;

import dev.jitney.simulation.Attempt;
import dev.jitney.simulation.SimulationOptions;
import dev.jitney.simulation.SimulationReport;
import dev.jitney.simulation.engine.Fault;
import java.util.Locale;
import java.util.stream.Collectors;

/** Runs as people read them. */
public final class SimulationText {
    private SimulationText() {}

    /** One line for a run that passed. */
    public static String line(SimulationReport report) {
        return String.format(
                Locale.ROOT,
                "seed %d: %d jobs (%d ran, %d cancelled, %d lost with their runner), peak %d, wait p50"
                        + " %.0f s p95 %.0f s, %d events, %d effects, %d checks, at rest %.0f min after"
                        + " the last hour",
                report.options().seed(),
                report.jobs(),
                report.ran(),
                report.cancelled(),
                report.lost(),
                report.peak(),
                report.waitMillis(0.50) / 1000.0,
                report.waitMillis(0.95) / 1000.0,
                report.events(),
                report.effects(),
                report.checks(),
                report.restMillis() / 60_000.0);
    }

    /** All of a single run. */
    public static String full(SimulationReport report) {
        var text = new StringBuilder();
        row(
                text,
                "jobs",
                String.format(
                        Locale.ROOT,
                        "%d created, %d ran, %d cancelled, %d lost with their runner",
                        report.jobs(),
                        report.ran(),
                        report.cancelled(),
                        report.lost()));
        row(text, "runners", "peak " + report.peak());
        row(
                text,
                "wait",
                String.format(
                        Locale.ROOT,
                        "p50 %.1f s, p95 %.1f s, p99 %.1f s, longest %.1f s",
                        report.waitMillis(0.50) / 1000.0,
                        report.waitMillis(0.95) / 1000.0,
                        report.waitMillis(0.99) / 1000.0,
                        report.waitMillis(1) / 1000.0));
        row(
                text,
                "unknown",
                String.format(
                        Locale.ROOT,
                        "p99 %.1f s, p99.9 %.1f s, longest %.1f s, until a ledger named a job",
                        report.unknown().millis(0.99) / 1000.0,
                        report.unknown().millis(0.999) / 1000.0,
                        report.unknown().millis(1) / 1000.0));
        row(
                text,
                "out of line",
                String.format(
                        Locale.ROOT,
                        "%.1f s at most, while capacity was free",
                        report.longestOutMillis() / 1000.0));
        row(
                text,
                "events",
                String.format(
                        Locale.ROOT,
                        "%d, delivered %d times, %d dead letters",
                        report.events(),
                        report.deliveries(),
                        report.deadLetters()));
        row(
                text,
                "effects",
                report.effects() + ", invariants checked " + report.checks() + " times");
        row(text, "repairs", report.repairs().toString());
        row(text, "faults", report.faults().toString());
        row(text, "hash", Long.toHexString(report.hash()));
        return text.toString();
    }

    private static void row(StringBuilder text, String name, String value) {
        text.append(String.format(Locale.ROOT, "%-18s %s%n", name, value));
    }

    /** What broke, and how to see it again. */
    public static String failure(Attempt.Failed failed, String preset) {
        var text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "seed %d FAILED%n", failed.options().seed()));
        row(text, "invariant", failed.violation().invariant().name());
        row(text, "virtual time", failed.violation().at());
        row(text, "what", String.valueOf(failed.violation().getMessage()));
        failed.violation().tail().forEach(line -> text.append("  ").append(line).append('\n'));
        row(text, "again", command(failed.options(), preset));
        return text.toString();
    }

    /** The command line of a run. */
    public static String command(SimulationOptions options, String preset) {
        String jobs =
                options.jobsMax() == Integer.MAX_VALUE ? "" : " --first-jobs " + options.jobsMax();
        String only =
                preset.equals("off")
                        ? ""
                        : " --only "
                                + options.faults().kinds().stream()
                                        .map(Fault::name)
                                        .collect(Collectors.joining(","));
        return String.format(
                Locale.ROOT,
                "./jitney simulate --orgs %d --capacity %d --limit %d --hours %s --seed %d"
                        + " --faults %s%s%s",
                options.organizations(),
                options.capacity(),
                options.limit(),
                options.hours(),
                options.seed(),
                preset,
                only,
                jobs);
    }
}
