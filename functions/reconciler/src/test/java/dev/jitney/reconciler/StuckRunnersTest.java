package dev.jitney.reconciler;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.core.Held;
import dev.jitney.core.JobId;
import dev.jitney.core.Organization;
import dev.jitney.core.RunnerName;
import dev.jitney.core.event.EventTypes;
import dev.jitney.core.ledger.WaitingJob;
import dev.jitney.core.reconcile.Reason;
import dev.jitney.kubernetes.PodState;
import dev.jitney.kubernetes.RunnerPods;
import dev.jitney.kubernetes.simulator.PodFault;
import dev.jitney.testing.World;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each kind of runner that stands still, in seconds instead of minutes, over real HTTP. */
@QuarkusTest
@QuarkusTestResource(World.class)
@TestProfile(StuckRunnersTest.LittlePatience.class)
class StuckRunnersTest {
    /** Seconds, where a kind must be told from an ordinary start; else nothing. */
    public static final class LittlePatience implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.ofEntries(
                    Map.entry("jitney.patience.ended", "0s"),
                    Map.entry("jitney.patience.leaving", "0s"),
                    Map.entry("jitney.patience.fenced", "1s"),
                    Map.entry("jitney.patience.doubted", "0s"),
                    Map.entry("jitney.patience.image", "1s"),
                    Map.entry("jitney.patience.unschedulable", "1s"),
                    Map.entry("jitney.patience.init", "0s"),
                    Map.entry("jitney.patience.docker", "1s"),
                    Map.entry("jitney.patience.starting", "3s"),
                    Map.entry("jitney.patience.finished", "1s"),
                    Map.entry("jitney.patience.node", "1s"),
                    Map.entry("jitney.patience.terminating", "1s"),
                    Map.entry("jitney.patience.offline", "3s"),
                    Map.entry("jitney.patience.idle", "3s"),
                    Map.entry("jitney.reconciler.calls-per-minute", "100000"));
        }
    }

    private static final List<String> LABELS = List.of("code-linux");

    @SuppressWarnings("NullAway") // Injected before the first test.
    World world;

    @AfterEach
    void faultsAreOver() {
        world.kubernetes().podFault(PodFault.NONE);
    }

    private static void tick() {
        given().header("ce-specversion", "1.0")
                .header("ce-id", "tick-1")
                .header("ce-source", "/apis/v1/namespaces/jitney/pingsources/reconcile")
                .header("ce-type", EventTypes.TICK)
                .contentType("application/json")
                .body("{}")
                .post("/")
                .then()
                .statusCode(204);
    }

    private static void tickUntil(String what, BooleanSupplier holds) {
        World.await(
                what,
                () -> {
                    tick();
                    return holds.getAsBoolean();
                });
    }

    private boolean isSent(String id) {
        return world.sink().received().stream().anyMatch(each -> each.id().equals(id));
    }

    private void assertFreed(RunnerName runner, Reason reason) {
        tickUntil(runner + " is released", () -> isSent(runner + "/released"));
        assertTrue(
                world.pods().find(runner.value()).filter(pod -> !pod.terminal()).isEmpty(),
                "its pod is over");
        assertCounted(reason);
    }

    private static void assertCounted(Reason reason) {
        String metrics = given().get("/q/metrics").then().statusCode(200).extract().asString();
        assertTrue(
                metrics.contains("jitney_reconciler_repairs_total{reason=\"" + reason + "\"}"),
                metrics);
    }

    private WaitingJob waiting(String organization, long job) {
        return world.ledgers()
                .read(new Organization(organization))
                .waiting(new JobId(job))
                .orElseThrow();
    }

    private long queued(String organization, List<String> labels) {
        return world.ghes().queueJob(organization, "app", labels, Duration.ofHours(1));
    }

    @ParameterizedTest
    @CsvSource({
        "101, IMAGE_ERROR, IMAGE_ERROR",
        "102, INIT_FAILS, INIT_FAILED",
        "103, DOCKER_NEVER_READY, DOCKER_NOT_READY",
        "104, NEVER_STARTS, NOT_STARTING",
        "105, OUTLIVES_ITS_RUNNER, RUNNER_FINISHED"
    })
    void aRunnerWhosePodStandsStill_freesItsPlace_andItsJobWaitsWithABackoff(
            long job, PodFault fault, Reason reason) {
        String organization = "stuck-" + job;
        world.ghes().createOrganization(organization, List.of("app"));
        world.kubernetes().podFault(fault);
        RunnerName runner = world.started(organization, job);

        assertFreed(runner, reason);

        WaitingJob again = waiting(organization, job);
        assertEquals(Held.KUBERNETES_ERROR, again.held());
        assertEquals(1, again.failures());
        assertEquals(List.of(), world.github().runners(organization), "no ghost is left");
    }

    @Test
    void aRunnerWithoutRoom_freesItsPlace() {
        world.ghes().createOrganization("stuck-room", List.of("app"));
        try (RunnerPods nowhere = world.pods("{nodeSelector: {zone: nowhere}}")) {
            assertFreed(world.started("stuck-room", 201, nowhere), Reason.UNSCHEDULABLE);
        }
    }

    @Test
    void aRunnerThatNeverComesOnline_freesItsPlace() {
        world.ghes().createOrganization("stuck-silent", List.of("app"));
        world.kubernetes().podFault(PodFault.RUNNER_SILENT);
        long job = queued("stuck-silent", LABELS);
        RunnerName runner = world.started("stuck-silent", job);

        assertFreed(runner, Reason.NEVER_ONLINE);

        tickUntil("its job has another runner", () -> isSent(runner + "-2/requested"));
    }

    @Test
    void aRunnerThatIsOnlineAndGetsNoJob_freesItsPlace() {
        world.ghes().createOrganization("stuck-idle", List.of("app"));
        long job = queued("stuck-idle", List.of("gpu"));
        RunnerName runner = world.started("stuck-idle", job);
        World.await("online", () -> world.github().runners("stuck-idle").getFirst().online());

        assertFreed(runner, Reason.IDLE_TOO_LONG);
    }

    @Test
    void aRunnerThatEndedWithoutAWord_freesItsPlace() {
        world.ghes().createOrganization("stuck-ended", List.of("app"));
        RunnerName runner = world.started("stuck-ended", 202);
        long registration = world.github().runners("stuck-ended").getFirst().id();
        world.github().removeRunner("stuck-ended", registration);
        World.await("it ended", () -> world.pods().find(runner.value()).orElseThrow().terminal());

        assertFreed(runner, Reason.POD_ENDED);
    }

    @Test
    void aPodWhoseNodeIsLost_goesOnlyWhenTheNodeIsGone() throws Exception {
        world.ghes().createOrganization("stuck-node", List.of("app"));
        world.kubernetes().podFault(PodFault.NODE_LOST);
        try (RunnerPods brief = world.pods("{terminationGracePeriodSeconds: 1}")) {
            RunnerName runner = world.started("stuck-node", 203, brief);
            tickUntil(
                    "its job waits again",
                    () ->
                            world.ledgers()
                                    .read(new Organization("stuck-node"))
                                    .waiting(new JobId(203))
                                    .isPresent());
            PodState pod = world.pods().find(runner.value()).orElseThrow();
            World.await("the deletion is overdue", () -> overdue(runner));
            tick();
            assertTrue(world.pods().find(runner.value()).isPresent(), "the node is still there");

            removeNode(pod.node());

            assertFreed(runner, Reason.NODE_LOST);
        }
    }

    private boolean overdue(RunnerName runner) {
        return world.pods().find(runner.value()).orElseThrow().course().deletionDue().stream()
                .anyMatch(due -> due.plusSeconds(2).isBefore(Instant.now()));
    }

    private void removeNode(String node) throws IOException, InterruptedException {
        URI uri = URI.create(world.kubernetes().url() + "/api/v1/nodes/" + node);
        try (HttpClient http = HttpClient.newHttpClient()) {
            var answer =
                    http.send(
                            HttpRequest.newBuilder(uri).DELETE().build(), BodyHandlers.ofString());
            assertEquals(200, answer.statusCode(), answer.body());
        }
    }

    @Test
    void aPodThatDoesNotTerminate_isKilled() {
        world.ghes().createOrganization("stuck-end", List.of("app"));
        world.kubernetes().podFault(PodFault.TERMINATES_ONLY_WHEN_KILLED);
        try (RunnerPods brief = world.pods("{terminationGracePeriodSeconds: 2}")) {
            RunnerName runner = world.started("stuck-end", 204, brief);
            var _ = brief.delete(runner.value());

            assertFreed(runner, Reason.STUCK_TERMINATING);
        }
    }
}
