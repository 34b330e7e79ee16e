package dev.jitney.ghes.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.Headers;
import dev.jitney.ghes.simulator.WebhookReceiver.Received;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class WebhookTest {

    private static final List<String> LABELS = List.of("code-linux");

    private WebhookReceiver receiver;
    private final List<GhesSimulator> simulators = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        receiver = new WebhookReceiver();
    }

    @AfterEach
    void stop() {
        simulators.forEach(GhesSimulator::close);
        receiver.close();
    }

    private GhesSimulator simulator(GhesFaults faults) {
        GhesSimulator made =
                GhesSimulator.start(
                        GhesSimulatorConfig.of("token", "It's a Secret")
                                .withWebhookUrl(receiver.url())
                                .withSpeed(1000, 1)
                                .withFaults(faults));
        simulators.add(made);
        return made;
    }

    private static GhesFaults faults(double duplicate, double late, double reordered) {
        return new GhesFaults(duplicate, late, reordered, 0, 0, 0, 0, 0, 0, Duration.ofMillis(50));
    }

    private static long queue(GhesSimulator simulator) {
        return simulator.queueJob("Acme", "Shop", LABELS, Duration.ofMinutes(1));
    }

    @Test
    void carriesGitHubsHeadersAndASignature() {
        GhesSimulator simulator = simulator(GhesFaults.none());
        long job = queue(simulator);

        Received queued = receiver.only(job, "queued");

        Headers headers = queued.headers();
        assertEquals("workflow_job", headers.getFirst("X-GitHub-Event"));
        assertEquals("application/json", headers.getFirst("Content-Type"));
        assertEquals("3.14.0", headers.getFirst("X-GitHub-Enterprise-Version"));
        assertEquals(simulator.url().getAuthority(), headers.getFirst("X-GitHub-Enterprise-Host"));
        assertTrue(headers.getFirst("User-Agent").startsWith("GitHub-Hookshot/"));
        assertEquals(36, queued.guid().length());
        assertEquals(
                Signature.sha256("It's a Secret", queued.raw().getBytes(StandardCharsets.UTF_8)),
                headers.getFirst("X-Hub-Signature-256"));
    }

    @Test
    void aQueuedJobIsToldAsTheDescriptionHasIt() {
        long job = queue(simulator(GhesFaults.none()));

        Received queued = receiver.only(job, "queued");

        assertEquals("", Schemas.webhookErrors("queued", queued.body()));
        JsonObject told = queued.body().getJsonObject("workflow_job");
        assertEquals("queued", told.getString("status"));
        assertEquals(JsonArray.of("code-linux"), told.getJsonArray("labels"));
        assertNull(told.getValue("conclusion"));
        assertNull(told.getValue("runner_id"));
        assertEquals(told.getString("created_at"), told.getString("started_at"));
        assertEquals("Acme", queued.body().getJsonObject("organization").getString("login"));
        assertEquals("Acme/Shop", queued.body().getJsonObject("repository").getString("full_name"));
        assertTrue(queued.raw().length() > 7000 && queued.raw().length() < 14_000);
    }

    @Test
    void aJobCancelledWhileQueuedIsToldWithRunnerZero() {
        GhesSimulator simulator = simulator(GhesFaults.none());
        long job = queue(simulator);
        simulator.cancel(job);

        Received completed = receiver.only(job, "completed");

        assertEquals("", Schemas.webhookErrors("completed", completed.body()));
        JsonObject told = completed.body().getJsonObject("workflow_job");
        assertEquals("cancelled", told.getString("conclusion"));
        assertEquals(0, told.getInteger("runner_id"));
        assertEquals("", told.getString("runner_name"));
        assertEquals(new JsonArray(), told.getJsonArray("steps"));
        assertEquals(told.getString("started_at"), told.getString("completed_at"));
        assertEquals(List.of("queued", "completed"), receiver.actions(job));
    }

    @Test
    void aGatedJobWaitsAndIsThenQueued() {
        var order = JobOrder.of("acme", "shop", LABELS, Duration.ofMinutes(1));
        long job = simulator(GhesFaults.none()).queueJob(order.gated(Duration.ofMinutes(1)));

        receiver.only(job, "queued");

        assertEquals(List.of("waiting", "queued"), receiver.actions(job));
        assertEquals("", Schemas.webhookErrors("waiting", receiver.only(job, "waiting").body()));
    }

    @Test
    void aDuplicateHasTheSameDeliveryId() {
        long job = queue(simulator(faults(1, 0, 0)));

        Await.until("twice", () -> receiver.actions(job).size() == 2);

        assertEquals(receiver.received.get(0).guid(), receiver.received.get(1).guid());
        assertEquals(receiver.received.get(0).raw(), receiver.received.get(1).raw());
    }

    @Test
    void aLateDeliveryTellsOfThePast() {
        GhesSimulator simulator = simulator(faults(0, 1, 0));
        long job = queue(simulator);
        simulator.cancel(job);

        Received queued = receiver.only(job, "queued");

        assertEquals("queued", queued.body().getJsonObject("workflow_job").getString("status"));
        receiver.only(job, "completed");
        Await.until("both", () -> simulator.state().pendingDeliveries() == 0);
    }

    @Test
    void someDeliveriesAreOvertaken() {
        GhesSimulator simulator = simulator(faults(0, 0, 0.5));
        var jobs = new ArrayList<Long>();
        for (int i = 0; i < 20; i++) {
            long job = queue(simulator);
            simulator.cancel(job);
            jobs.add(job);
        }

        Await.until("all", () -> receiver.received.size() == 40);

        assertTrue(
                jobs.stream()
                        .map(receiver::actions)
                        .anyMatch(List.of("completed", "queued")::equals));
        assertTrue(
                jobs.stream()
                        .map(receiver::actions)
                        .anyMatch(List.of("queued", "completed")::equals));
    }

    @Test
    void aLostDeliveryIsNeverSent() {
        GhesSimulator simulator = simulator(GhesFaults.none().withLostDeliveries(1));
        queue(simulator);

        SimulatorState state = simulator.state();

        assertEquals(1, state.lostDeliveries());
        assertEquals(0, state.sent());
        assertEquals(0, state.pendingDeliveries());
    }

    @Test
    void aFailedDeliveryIsCountedAndNotRepeated() {
        GhesSimulator simulator = simulator(GhesFaults.none());
        receiver.status = 503;
        long first = queue(simulator);
        Await.until("failed", () -> simulator.state().failed() == 1);
        receiver.status = 202;
        long second = queue(simulator);

        Await.until("accepted", () -> simulator.state().accepted() == 1);

        assertEquals(List.of("queued"), receiver.actions(first));
        assertEquals(List.of("queued"), receiver.actions(second));
        assertEquals(2, simulator.state().sent());
    }

    @Test
    void aReceiverThatIsAwayFailsTheDelivery() {
        GhesSimulator simulator = simulator(GhesFaults.none());
        receiver.close();
        queue(simulator);

        Await.until("failed", () -> simulator.state().failed() == 1);

        assertEquals(0, simulator.state().pendingDeliveries());
    }

    @Test
    void deliveryIdsAreThoseOfTheSeed() {
        long first = queue(simulator(GhesFaults.none()));
        long second = queue(simulator(GhesFaults.none()));

        Await.until("both", () -> receiver.received.size() == 2);

        assertEquals(first, second);
        assertEquals(receiver.received.get(0).guid(), receiver.received.get(1).guid());
        assertNotEquals(receiver.received.get(0).raw(), receiver.received.get(1).raw());
    }
}
