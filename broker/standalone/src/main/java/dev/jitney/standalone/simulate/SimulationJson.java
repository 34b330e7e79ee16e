package dev.jitney.standalone.simulate;

import dev.jitney.simulation.Attempt;
import dev.jitney.simulation.SimulationOptions;
import dev.jitney.simulation.SimulationReport;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;

/** Runs as programs read them. */
public final class SimulationJson {
    private SimulationJson() {}

    /** One run. */
    public static JsonObject of(Attempt attempt) {
        JsonObject json = options(attempt.options());
        return switch (attempt) {
            case Attempt.Passed(SimulationReport report) -> report(json, report);
            case Attempt.Failed failed ->
                    json.put("passed", false)
                            .put("invariant", failed.violation().invariant().name())
                            .put("at", failed.violation().at())
                            .put("message", failed.violation().getMessage())
                            .put("trace", new JsonArray(failed.violation().tail()));
        };
    }

    private static JsonObject options(SimulationOptions options) {
        JsonObject faults = new JsonObject();
        options.faults().rates().forEach((fault, rate) -> faults.put(fault.name(), rate));
        return new JsonObject()
                .put("seed", options.seed())
                .put("organizations", options.organizations())
                .put("capacity", options.capacity())
                .put("limit", options.limit())
                .put("hours", options.hours())
                .put("rates", faults);
    }

    private static JsonObject report(JsonObject json, SimulationReport report) {
        JsonObject repairs = new JsonObject();
        report.repairs().forEach(repairs::put);
        JsonObject faults = new JsonObject();
        report.faults().forEach((fault, count) -> faults.put(fault.name(), count));
        JsonObject waits = new JsonObject();
        for (int percent : new int[] {50, 75, 90, 95, 99, 100}) {
            waits.put("p" + percent, report.waitMillis(percent / 100.0));
        }
        JsonObject unknown = new JsonObject();
        for (double percent : new double[] {50, 95, 99, 99.9, 100}) {
            String name = "p" + BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString();
            unknown.put(name, report.unknown().millis(percent / 100));
        }
        return json.put("passed", true)
                .put("hash", Long.toHexString(report.hash()))
                .put("events", report.events())
                .put("deliveries", report.deliveries())
                .put("deadLetters", report.deadLetters())
                .put("effects", report.effects())
                .put("checks", report.checks())
                .put("jobs", report.jobs())
                .put("ran", report.ran())
                .put("cancelled", report.cancelled())
                .put("lost", report.lost())
                .put("peak", report.peak())
                .put("waitMillis", waits)
                .put("unknownMillis", unknown)
                .put("longestOutMillis", report.longestOutMillis())
                .put("restMillis", report.restMillis())
                .put("repairs", repairs)
                .put("faults", faults);
    }
}
