package dev.jitney.standalone.demo;

import io.vertx.core.json.JsonObject;

/**
 * A demo.
 *
 * @param organizations how many share the load
 * @param jobs how many there are
 * @param seed of the load, the faults and what is killed
 * @param speed virtual seconds per second
 * @param faults none, light or heavy
 */
public record DemoOptions(int organizations, int jobs, long seed, double speed, String faults) {

    JsonObject toJson() {
        return new JsonObject()
                .put("organizations", organizations)
                .put("jobs", jobs)
                .put("seed", seed)
                .put("speed", speed)
                .put("faults", faults);
    }

    static DemoOptions of(JsonObject json) {
        return new DemoOptions(
                json.getInteger("organizations"),
                json.getInteger("jobs"),
                json.getLong("seed"),
                json.getDouble("speed"),
                json.getString("faults"));
    }
}
