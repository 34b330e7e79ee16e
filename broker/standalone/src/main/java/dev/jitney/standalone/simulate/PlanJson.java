package dev.jitney.standalone.simulate;

import dev.jitney.simulation.load.Load;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** A comparison of capacities as programs read it. */
public final class PlanJson {
    private PlanJson() {}

    /**
     * The load and the rows.
     *
     * @param runnersPerNode 0 to leave nodes out
     */
    public static JsonObject of(Load load, long seed, List<PlanRow> rows, int runnersPerNode) {
        JsonArray all = new JsonArray();
        rows.forEach(row -> all.add(row(row, runnersPerNode)));
        return new JsonObject()
                .put(
                        "load",
                        new JsonObject()
                                .put("jobs", load.jobs().size())
                                .put("organizations", load.organizations().size())
                                .put("hours", load.hours())
                                .put("workHours", load.workNanos() / 3.6e12)
                                .put("seed", seed))
                .put("rows", all);
    }

    private static JsonObject row(PlanRow row, int runnersPerNode) {
        JsonObject json = new JsonObject().put("capacity", row.capacity());
        if (runnersPerNode > 0) {
            json.put("nodes", PlanText.nodes(row.capacity(), runnersPerNode));
        }
        return json.put("limit", row.limit())
                .put("jobs", row.jobs())
                .put(
                        "waitMillis",
                        new JsonObject()
                                .put("p50", row.p50())
                                .put("p90", row.p90())
                                .put("p95", row.p95())
                                .put("p99", row.p99())
                                .put("max", row.longest()))
                .put("waitedOver1Min", row.overMinute())
                .put("waitedOver5Min", row.overFiveMinutes())
                .put("utilization", row.utilization());
    }
}
