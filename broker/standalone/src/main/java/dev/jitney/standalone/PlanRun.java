package dev.jitney.standalone;

import dev.jitney.broker.dispatcher.manifest.Manifests;
import dev.jitney.simulation.Attempt;
import dev.jitney.simulation.Comparison;
import dev.jitney.simulation.SimulationOptions;
import dev.jitney.standalone.simulate.PlanJson;
import dev.jitney.standalone.simulate.PlanPlot;
import dev.jitney.standalone.simulate.PlanRow;
import dev.jitney.standalone.simulate.PlanText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Runs the same load with several capacities and limits, and tells how long jobs waited. */
record PlanRun(
        PlanLoad load, List<SimulationOptions> cells, PlanOptions options, @Nullable Path json) {

    /** True when every invariant held. Files are written only then. */
    boolean run(int atOnce, Manifests manifests, PrintWriter out)
            throws InterruptedException, IOException {
        out.println(load.about());
        out.println(load.size());
        out.flush();
        long begin = System.nanoTime();
        List<PlanRow> rows = new ArrayList<>();
        List<Attempt.Failed> failures = new ArrayList<>();
        long[] checks = {0};
        Comparison.run(
                load.load(),
                cells,
                atOnce,
                manifests,
                attempt -> {
                    switch (attempt) {
                        case Attempt.Passed passed -> {
                            rows.add(PlanRow.of(passed.report()));
                            checks[0] += passed.report().checks();
                        }
                        case Attempt.Failed failed -> failures.add(failed);
                    }
                });
        out.print(PlanText.table(rows, options.runnersOfNode()));
        failures.forEach(failed -> out.print(failure(failed)));
        out.printf(
                Locale.ROOT,
                "%d runs in %.1f s, %d failed; invariants checked %d times%n",
                cells.size(),
                (System.nanoTime() - begin) / 1e9,
                failures.size(),
                checks[0]);
        out.flush();
        if (failures.isEmpty()) {
            write(rows);
        }
        return failures.isEmpty();
    }

    private void write(List<PlanRow> rows) throws IOException {
        if (json != null) {
            Files.writeString(
                    json,
                    PlanJson.of(load.load(), cells.getFirst().seed(), rows, options.runnersOfNode())
                                    .encodePrettily()
                            + "\n");
        }
        if (options.svg != null) {
            Files.writeString(options.svg, PlanPlot.of(rows, load.size(), options.runnersOfNode()));
        }
    }

    private static String failure(Attempt.Failed failed) {
        var text = new StringBuilder();
        text.append(
                String.format(
                        Locale.ROOT,
                        "capacity %d, limit %d FAILED: %s at %s: %s%n",
                        failed.options().capacity(),
                        failed.options().limit(),
                        failed.violation().invariant(),
                        failed.violation().at(),
                        failed.violation().getMessage()));
        failed.violation().tail().forEach(line -> text.append("  ").append(line).append('\n'));
        return text.toString();
    }
}
