package dev.jitney.standalone.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * How a demo went, as GHES and Kubernetes saw it.
 *
 * @param jobs how many
 * @param runners most at the same time
 * @param violations see {@link Observation}
 * @param inversions see {@link Observation}
 * @param waitSeconds virtual time from wanting a runner to starting
 * @param webhookToPodMillis real time, of the jobs that found room
 * @param coldStarts processes of functions started
 * @param kills processes of functions killed on purpose
 * @param left what remained at the end
 * @param seed of the demo
 * @param wallSeconds real time it took
 * @param notes what a person should look at
 */
public record Report(
        Jobs jobs,
        Runners runners,
        int violations,
        int inversions,
        Percentiles waitSeconds,
        Percentiles webhookToPodMillis,
        long coldStarts,
        int kills,
        Leftovers left,
        long seed,
        double wallSeconds,
        List<String> notes) {
    public Report {
        notes = List.copyOf(notes);
    }

    /**
     * How many jobs.
     *
     * @param queued in all
     * @param completed ended, on a runner or cancelled
     * @param cancelled of the completed
     */
    public record Jobs(int queued, int completed, int cancelled) {
        /** Never ended. */
        public int lost() {
            return queued - completed;
        }
    }

    /** Most runners at the same time, in all and in one organization. */
    public record Runners(int peak, int peakPerOrg) {}

    /** Whether nothing broke, was lost, or is left over. */
    public boolean isClean() {
        return violations == 0 && inversions == 0 && jobs.lost() == 0 && left.isNothing();
    }

    /** For scripts. */
    public JsonObject toJson() {
        return new JsonObject()
                .put(
                        "jobs",
                        new JsonObject()
                                .put("queued", jobs.queued())
                                .put("completed", jobs.completed())
                                .put("cancelled", jobs.cancelled())
                                .put("lost", jobs.lost()))
                .put(
                        "runners",
                        new JsonObject()
                                .put("peak", runners.peak())
                                .put("peakPerOrg", runners.peakPerOrg()))
                .put("violations", violations)
                .put("inversions", inversions)
                .put("waitSeconds", json(waitSeconds))
                .put("webhookToPodMillis", json(webhookToPodMillis))
                .put("coldStarts", coldStarts)
                .put("kills", kills)
                .put(
                        "leftovers",
                        new JsonObject()
                                .put("leases", left.leases())
                                .put("pods", left.pods())
                                .put("secrets", left.secrets())
                                .put("registrations", left.registrations())
                                .put("counters", left.counters()))
                .put("seed", seed)
                .put("wallSeconds", tenths(wallSeconds))
                .put("clean", isClean())
                .put("notes", new JsonArray(notes));
    }

    private static JsonObject json(Percentiles of) {
        return new JsonObject()
                .put("count", of.count())
                .put("p50", tenths(of.p50()))
                .put("p95", tenths(of.p95()))
                .put("p99", tenths(of.p99()));
    }

    private static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }

    /** For a person, out of the JSON, so that an attached demo prints the same. */
    public static String text(JsonObject json) {
        JsonObject jobs = json.getJsonObject("jobs");
        JsonObject runners = json.getJsonObject("runners");
        JsonObject left = json.getJsonObject("leftovers");
        StringBuilder text = new StringBuilder();
        row(
                text,
                "jobs",
                "%d queued, %d completed (%d cancelled), %d lost"
                        .formatted(
                                jobs.getInteger("queued"),
                                jobs.getInteger("completed"),
                                jobs.getInteger("cancelled"),
                                jobs.getInteger("lost")));
        row(
                text,
                "runners",
                "peak %d, peak per organization %d"
                        .formatted(runners.getInteger("peak"), runners.getInteger("peakPerOrg")));
        row(text, "limit violations", json.getInteger("violations").toString());
        row(text, "order inversions", json.getInteger("inversions").toString());
        row(text, "wait", percentiles(json.getJsonObject("waitSeconds"), "s") + " simulated");
        JsonObject toPod = json.getJsonObject("webhookToPodMillis");
        row(
                text,
                "webhook to pod",
                percentiles(toPod, "ms")
                        + " real, of %d jobs that found room".formatted(toPod.getInteger("count")));
        row(
                text,
                "cold starts",
                "%d (%d killed on purpose)"
                        .formatted(json.getLong("coldStarts"), json.getInteger("kills")));
        row(
                text,
                "left over",
                "%d leases, %d pods, %d secrets, %d registrations, %d counters"
                        .formatted(
                                left.getLong("leases"),
                                left.getLong("pods"),
                                left.getLong("secrets"),
                                left.getLong("registrations"),
                                left.getLong("counters")));
        row(
                text,
                "seed, real time",
                "%d, %s s".formatted(json.getLong("seed"), json.getDouble("wallSeconds")));
        json.getJsonArray("notes").forEach(note -> row(text, "note", note.toString()));
        row(text, "verdict", json.getBoolean("clean") ? "nothing broke" : "BROKEN");
        return text.toString();
    }

    private static String percentiles(JsonObject of, String unit) {
        return "p50 %s %s, p95 %s %s, p99 %s %s"
                .formatted(
                        of.getDouble("p50"),
                        unit,
                        of.getDouble("p95"),
                        unit,
                        of.getDouble("p99"),
                        unit);
    }

    private static void row(StringBuilder text, String name, String value) {
        text.append("%-18s %s%n".formatted(name, value));
    }
}
