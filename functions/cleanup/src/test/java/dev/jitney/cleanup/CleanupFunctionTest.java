package dev.jitney.cleanup;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.core.JobId;
import dev.jitney.core.Organization;
import dev.jitney.core.RunnerName;
import dev.jitney.core.event.EventTypes;
import dev.jitney.core.event.RunnerEvent.Requested;
import dev.jitney.core.ledger.JobQueued;
import dev.jitney.core.ledger.Lease;
import dev.jitney.core.ledger.LeaseState;
import dev.jitney.core.ledger.OrgLedger;
import dev.jitney.ghes.JitRequest;
import dev.jitney.ghes.JobStatus;
import dev.jitney.kubernetes.PodState;
import dev.jitney.kubernetes.RunnerPodSpec;
import dev.jitney.kubernetes.simulator.PodFault;
import dev.jitney.ledger.Locks;
import dev.jitney.testing.Events;
import dev.jitney.testing.World;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The function on the wire, with the real store and with GHES and Kubernetes over HTTP. Each test
 * has an organization of its own.
 */
@QuarkusTest
@QuarkusTestResource(World.class)
class CleanupFunctionTest {
    private static final List<String> LABELS = List.of("code-linux");

    @SuppressWarnings("NullAway") // Injected before the first test.
    World world;

    private static RequestSpecification event(String type, String body) {
        return given().header("ce-specversion", "1.0")
                .header("ce-id", "delivery-1")
                .header("ce-source", "/test")
                .header("ce-type", type)
                .contentType("application/json")
                .body(body);
    }

    private static ValidatableResponse completed(String body) {
        return event(EventTypes.JOB_COMPLETED, body).post("/").then();
    }

    private void organization(String login) {
        world.ghes().createOrganization(login, List.of("app"));
    }

    private OrgLedger ledger(String organization) {
        return world.ledgers().read(new Organization(organization));
    }

    private Lease lease(String organization, RunnerName runner) {
        return ledger(organization).lease(runner).orElseThrow();
    }

    /** A job that GHES knows, on the runner that was made for it. */
    private RunnerName running(String organization, long job) {
        RunnerName runner = world.started(organization, job);
        World.await(
                "the job runs",
                () ->
                        world.github().job(organization + "/app", job).orElseThrow().status()
                                == JobStatus.IN_PROGRESS);
        return runner;
    }

    private long queueForAnHour(String organization) {
        return world.ghes().queueJob(organization, "app", LABELS, Duration.ofHours(1));
    }

    private boolean isThere(RunnerName runner) {
        return world.pods().find(runner.value()).filter(pod -> !pod.terminal()).isPresent();
    }

    private int looksWithoutWaiting(RunnerName runner) {
        String deletion = "DELETE /api/v1/namespaces/jitney-runners/pods/" + runner;
        return world.kubernetesFront().callsWith(deletion).size();
    }

    private void assertNothingIsLeft(String organization, RunnerName runner) {
        assertFalse(isThere(runner), "the pod has not ended");
        World.await("no Secret", () -> !world.pods().hasSecret(runner.value()));
        assertEquals(List.of(), world.github().runners(organization));
    }

    @Test
    void saysThatAPlaceIsFree_onlyAfterThePodHasEnded() {
        organization("ended");
        world.kubernetes().podFault(PodFault.TERMINATES_ONLY_WHEN_KILLED);
        long job = queueForAnHour("ended");
        RunnerName runner = running("ended", job);
        world.kubernetes().podFault(PodFault.NONE);
        String body = Events.jobOn("ended", job, runner.value(), "code-linux");
        String uid = world.pods().find(runner.value()).orElseThrow().uid();
        String look = "GET /api/v1/namespaces/jitney-runners/pods/" + runner;
        // The pod begins to end when the first look has already seen it.
        world.kubernetesFront().during(look, () -> world.pods().kill(runner.value(), uid));

        for (int i = 0; i < 2; i++) {
            completed(body)
                    .statusCode(200)
                    .header("ce-type", EventTypes.RUNNER_RELEASED)
                    .header("ce-id", runner + "/released")
                    .header("ce-source", "/jitney/cleanup")
                    .body("runner", equalTo(runner.value()))
                    .body("reason", equalTo("COMPLETED"));
            assertFalse(isThere(runner));
            assertEquals(LeaseState.ENDING, lease("ended", runner).state());
        }

        // One look comes with each deletion: the first pod had not ended then, so it looked again.
        assertTrue(world.kubernetesFront().callsWith(look).size() > looksWithoutWaiting(runner));

        world.admission().released(new Organization("ended"), runner, "COMPLETED", Instant.now());
        completed(body).statusCode(204);
    }

    @Test
    void asksTheBrokerToComeAgain_whileKubernetesIsInTrouble() throws Exception {
        organization("unknown");
        RunnerName runner = world.started("unknown", 1001);
        String body = Events.jobOn("unknown", 1001, runner.value(), "code-linux");
        try (var _ = world.kubernetesFront().answering("DELETE /api", 500, Map.of())) {
            completed(body).statusCode(503);
        }
        assertEquals(LeaseState.ENDING, lease("unknown", runner).state());

        completed(body).statusCode(200).header("ce-id", runner + "/released");
    }

    @Test
    void retiresARunnerThatNobodyNeeds_andTakesItsRegistrationFirst() {
        organization("idle");
        RunnerName runner = world.started("idle", 2001);

        completed(Events.job("idle", 2001, "code-linux"))
                .statusCode(200)
                .header("ce-id", runner + "/released")
                .body("reason", equalTo("NEVER_RAN"));

        assertNothingIsLeft("idle", runner);
        List<String> deletions = world.ghesFront().callsWith("DELETE ");
        int registration = indexOf(deletions, "/orgs/idle/actions/runners/");
        int pod = indexOf(deletions, "/pods/" + runner);
        assertTrue(registration >= 0 && registration < pod, deletions.toString());
    }

    private static int indexOf(List<String> calls, String part) {
        return calls.indexOf(
                calls.stream().filter(call -> call.contains(part)).findFirst().orElse(""));
    }

    @Test
    void handsARunnerOnToTheJobThatWaits() {
        organization("handed");
        RunnerName runner = world.started("handed", 3001);
        backlog("handed", 3002);

        completed(Events.job("handed", 3001, "code-linux")).statusCode(204);

        Lease lease = lease("handed", runner);
        assertEquals(new JobId(3002), lease.job().id());
        assertEquals(LeaseState.STARTED, lease.state());
        assertTrue(ledger("handed").backlog().isEmpty());
        assertTrue(isThere(runner));
        assertEquals(1, world.github().runners("handed").size());
    }

    private void backlog(String organization, long job) {
        world.ledgers()
                .update(
                        new Organization(organization),
                        ledger ->
                                JobQueued.queued(
                                        ledger, Events.waiting(organization, job), Instant.now()));
    }

    @Test
    void keepsARunnerThatGithubGaveToAnotherJob() {
        organization("busy");
        RunnerName runner = world.started("busy", 4001);
        long other = queueForAnHour("busy");
        World.await(
                "the other job runs",
                () ->
                        world.github().job("busy/app", other).orElseThrow().status()
                                == JobStatus.IN_PROGRESS);

        completed(Events.job("busy", 4001, "code-linux")).statusCode(204);

        assertEquals(LeaseState.RETIRING, lease("busy", runner).state());
        assertTrue(isThere(runner));
        assertEquals(1, world.github().runners("busy").size());
    }

    @Test
    void remembersThatAnUnknownJobHasEnded() {
        OrgLedger before = ledger("late");

        completed(Events.job("late", 5001, "code-linux")).statusCode(204);

        OrgLedger after = ledger("late");
        assertTrue(after.isFinished(new JobId(5001)));
        assertEquals(before.leases(), after.leases());
        assertEquals(
                List.of(),
                world.admission().queued(new Organization("late"), Events.waiting("late", 5001)));
        assertTrue(ledger("late").isIdle());
    }

    @Test
    void comesAgain_whileTheProvisionerMakesTheRunner() {
        organization("making");
        Requested requested = world.granted("making", 6001);
        var making = world.locks().take(Locks.of(requested.runnerName()), Duration.ofMinutes(1));

        completed(Events.job("making", 6001, "code-linux")).statusCode(409);

        assertEquals(LeaseState.RETIRING, lease("making", requested.runnerName()).state());
        making.orElseThrow().close();
        completed(Events.job("making", 6001, "code-linux"))
                .statusCode(200)
                .header("ce-type", EventTypes.RUNNER_RELEASED);
    }

    @Test
    void refusesARunnerWhoseRetriesAreSpent_andLeavesNothingOfIt() {
        organization("spent");
        Requested requested = world.granted("spent", 7001);
        halfMade(requested);

        for (int i = 0; i < 2; i++) {
            deadLetter(requested, "the pod was refused: exceeded quota")
                    .statusCode(200)
                    .header("ce-type", EventTypes.RUNNER_REFUSED)
                    .header("ce-id", requested.runner() + "/refused")
                    .body("reason", equalTo("KUBERNETES_ERROR"));
        }

        assertNothingIsLeft("spent", requested.runnerName());
    }

    @Test
    void blamesGithub_whenNothingWasMade() {
        organization("blamed");
        Requested requested = world.granted("blamed", 8001);

        deadLetter(requested, "GHES answered 502")
                .statusCode(200)
                .body("reason", equalTo("GHES_ERROR"));
    }

    @Test
    void dropsADeadLetterWithoutALease() {
        var requested = new Requested("code-linux-9001", "gone", "code-linux", 9001, "gone/app");

        deadLetter(requested, "GHES answered 502").statusCode(204);
    }

    /** As after a provisioner that died between the pod and its Secret. */
    private void halfMade(Requested requested) {
        var jit =
                world.github()
                        .generateJitConfig(
                                requested.organization(),
                                JitRequest.of(requested.runner(), 1, LABELS));
        var _ =
                world.pods()
                        .create(
                                new RunnerPodSpec(
                                        requested.runner(),
                                        requested.organization(),
                                        requested.runnerClass(),
                                        requested.jobId(),
                                        requested.repository(),
                                        jit.runnerId()));
        PodState pod = world.pods().find(requested.runner()).orElseThrow();
        assertEquals(jit.runnerId(), pod.runnerId());
    }

    private static ValidatableResponse deadLetter(Requested requested, String answer) {
        String encoded =
                Base64.getEncoder().encodeToString(answer.getBytes(StandardCharsets.UTF_8));
        return event(EventTypes.RUNNER_REQUESTED, Events.requested(requested))
                .header("ce-knativeerrordest", "http://provisioner.jitney/")
                .header("ce-knativeerrorcode", "503")
                .header("ce-knativeerrordata", encoded)
                .post("/")
                .then();
    }
}
