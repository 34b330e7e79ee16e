package dev.jitney.standalone.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReportTest {
    private static final Leftovers NOTHING = new Leftovers(0, 0, 0, 0, 0);

    private static Report report(int completed, int violations, int inversions, Leftovers left) {
        return new Report(
                new Report.Jobs(1000, completed, 3),
                new Report.Runners(187, 10),
                violations,
                inversions,
                new Percentiles(997, 20, 600.04, 900),
                new Percentiles(400, 12.34, 50, 60),
                9,
                0,
                left,
                1,
                75.25,
                List.of());
    }

    @Test
    void isCleanWhenNothingBroke() {
        assertTrue(report(1000, 0, 0, NOTHING).isClean());
    }

    @Test
    void isNotCleanWhenAnythingBroke() {
        assertFalse(report(999, 0, 0, NOTHING).isClean());
        assertFalse(report(1000, 1, 0, NOTHING).isClean());
        assertFalse(report(1000, 0, 1, NOTHING).isClean());
        assertFalse(report(1000, 0, 0, new Leftovers(1, 0, 0, 0, 0)).isClean());
        assertFalse(report(1000, 0, 0, new Leftovers(0, 1, 0, 0, 0)).isClean());
        assertFalse(report(1000, 0, 0, new Leftovers(0, 0, 1, 0, 0)).isClean());
        assertFalse(report(1000, 0, 0, new Leftovers(0, 0, 0, 1, 0)).isClean());
        assertFalse(report(1000, 0, 0, new Leftovers(0, 0, 0, 0, 1)).isClean());
    }

    @Test
    void writesTheKeysThatScriptsRead() {
        JsonObject json = report(998, 0, 2, new Leftovers(1, 2, 3, 4, 5)).toJson();

        assertEquals(1000, json.getJsonObject("jobs").getInteger("queued"));
        assertEquals(998, json.getJsonObject("jobs").getInteger("completed"));
        assertEquals(2, json.getJsonObject("jobs").getInteger("lost"));
        assertEquals(187, json.getJsonObject("runners").getInteger("peak"));
        assertEquals(10, json.getJsonObject("runners").getInteger("peakPerOrg"));
        assertEquals(0, json.getInteger("violations"));
        assertEquals(2, json.getInteger("inversions"));
        assertEquals(600.0, json.getJsonObject("waitSeconds").getDouble("p95"));
        assertEquals(12.3, json.getJsonObject("webhookToPodMillis").getDouble("p50"));
        assertEquals(9, json.getLong("coldStarts"));
        assertEquals(
                new JsonObject()
                        .put("leases", 1L)
                        .put("pods", 2L)
                        .put("secrets", 3L)
                        .put("registrations", 4L)
                        .put("counters", 5L),
                json.getJsonObject("leftovers"));
        assertEquals(1, json.getLong("seed"));
        assertEquals(75.3, json.getDouble("wallSeconds"));
    }

    @Test
    void printsWhatWasReadBackFromJson() {
        JsonObject json = new JsonObject(report(998, 0, 2, NOTHING).toJson().encode());

        String text = Report.text(json);

        assertTrue(text.contains("1000 queued, 998 completed (3 cancelled), 2 lost"), text);
        assertTrue(text.contains("BROKEN"), text);
    }
}
