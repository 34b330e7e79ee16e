package dev.jitney.ghes.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SimulatorRoutesTest {

    private WebhookReceiver receiver;
    private GhesSimulator simulator;

    @BeforeEach
    void start() throws IOException {
        receiver = new WebhookReceiver();
        simulator =
                GhesSimulator.start(
                        GhesSimulatorConfig.of("token", "secret")
                                .withWebhookUrl(receiver.url())
                                .withSpeed(3600, 1));
    }

    @AfterEach
    void stop() {
        simulator.close();
        receiver.close();
    }

    private HttpResponse<String> post(String path, JsonObject body) {
        return FakeRunner.send(
                FakeRunner.request(simulator.url(), path)
                        .POST(BodyPublishers.ofString(body.encode())));
    }

    private String get(String path) {
        return FakeRunner.send(FakeRunner.request(simulator.url(), path)).body();
    }

    @Test
    void aLoadArrivesCompletely() {
        var load = new JsonObject().put("orgs", 5).put("jobs", 200).put("gatedShare", 0.1);

        assertEquals(201, post("/_simulator/load", load).statusCode());

        Await.until("all queued", () -> simulator.state().queued() == 200);
        Await.until(
                "all told",
                () -> simulator.state().accepted() >= 200 && simulator.state().scheduled() == 0);
        assertEquals(200, new JsonArray(get("/_simulator/jobs")).size());
        var state = new JsonObject(get("/_simulator/state"));
        assertEquals(200, state.getInteger("lost"));
        assertEquals(0, state.getJsonObject("deliveries").getInteger("failed"));
    }

    @Test
    void queuesAndCancelsAJob() {
        assertEquals(
                201,
                post("/_simulator/organizations", new JsonObject().put("login", "Acme"))
                        .statusCode());
        HttpResponse<String> queued =
                post("/_simulator/jobs", new JsonObject().put("organization", "acme"));
        long job = new JsonObject(queued.body()).getLong("jobId");
        String cancel = "/_simulator/jobs/" + job + "/cancel";

        assertEquals(204, post(cancel, new JsonObject()).statusCode());

        assertEquals(409, post(cancel, new JsonObject()).statusCode());
        assertEquals(1, new JsonObject(get("/_simulator/state")).getInteger("cancelled"));
        assertEquals("[]", get("/_simulator/jobs?after=" + job));
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertEquals(400, post("/_simulator/load", new JsonObject().put("orgs", 0)).statusCode());
        assertEquals(400, post("/_simulator/load", new JsonObject().put("jobs", "x")).statusCode());
        assertEquals(400, post("/_simulator/jobs", new JsonObject()).statusCode());
        assertEquals(
                400,
                post("/_simulator/organizations", new JsonObject().put("login", "../x"))
                        .statusCode());
    }

    @Test
    void aHundredJobsASecondCostLittle() {
        Duration before = cpu();
        var load =
                new JsonObject()
                        .put("orgs", 40)
                        .put("jobs", 500)
                        .put("durationMinutes", 300)
                        .put("gatedShare", 0);

        post("/_simulator/load", load);
        Await.until("all told", () -> simulator.state().accepted() == 500);

        Duration used = cpu().minus(before);
        assertTrue(used.toSeconds() < 10, "used " + used);
    }

    /** CPU time of this process so far, receiver and compiler included. */
    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
