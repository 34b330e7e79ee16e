package dev.jitney.reconciler;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.core.Held;
import dev.jitney.core.JobId;
import dev.jitney.core.Organization;
import dev.jitney.core.OrganizationPattern;
import dev.jitney.core.RunnerName;
import dev.jitney.core.event.EventTypes;
import dev.jitney.core.event.RunnerEvent.Requested;
import dev.jitney.core.ledger.Admission;
import dev.jitney.core.ledger.Backoff;
import dev.jitney.core.ledger.ClusterLedger;
import dev.jitney.core.ledger.JobQueued;
import dev.jitney.core.ledger.Lease;
import dev.jitney.core.ledger.LeaseState;
import dev.jitney.core.ledger.OrgLedger;
import dev.jitney.core.ledger.WaitingJob;
import dev.jitney.core.policy.PolicyEdit;
import dev.jitney.ghes.JitRequest;
import dev.jitney.kubernetes.RunnerPodSpec;
import dev.jitney.testing.Events;
import dev.jitney.testing.SinkServer;
import dev.jitney.testing.World;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Ticks on the wire, with no patience at all: what is odd is repaired at once. Each test has an
 * organization of its own; a tick also repairs what other tests left, which does no harm.
 */
@QuarkusTest
@QuarkusTestResource(World.class)
@TestProfile(ReconcilerFunctionTest.NoPatience.class)
class ReconcilerFunctionTest {
    /** Every odd state is old enough at once. */
    public static final class NoPatience implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "jitney.patience.unmade", "0s",
                    "jitney.patience.unconfirmed", "0s",
                    "jitney.patience.ended", "0s",
                    "jitney.patience.leaving", "0s",
                    "jitney.patience.fenced", "0s",
                    "jitney.patience.stray", "0s",
                    "jitney.patience.doubted", "0s",
                    "jitney.patience.untold", "0s",
                    "jitney.reconciler.calls-per-minute", "100000");
        }
    }

    private static final List<String> LABELS = List.of("code-linux");

    @SuppressWarnings("NullAway") // Injected before the first test.
    World world;

    private static ValidatableResponse send(String type, String body) {
        return given().header("ce-specversion", "1.0")
                .header("ce-id", "tick-1")
                .header("ce-source", "/apis/v1/namespaces/jitney/pingsources/reconcile")
                .header("ce-type", type)
                .contentType("application/json")
                .body(body)
                .post("/")
                .then();
    }

    private static void tick() {
        send(EventTypes.TICK, "{}").statusCode(204);
    }

    private static Organization org(String login) {
        return new Organization(login);
    }

    private OrgLedger ledger(String organization) {
        return world.ledgers().read(org(organization));
    }

    private Optional<SinkServer.Received> sent(String id) {
        return world.sink().received().stream().filter(each -> each.id().equals(id)).findFirst();
    }

    /** An organization that GHES has and the ledgers know, with nothing in it. */
    private void known(String organization) {
        world.ghes().createOrganization(organization, List.of("app"));
        world.finish(organization, 1);
    }

    private void awaitCounter(String name, long value) {
        World.await(
                name + " is " + value,
                () -> world.gates().readAll().getOrDefault(name, 0L) == value);
    }

    @Test
    void tellsWhenTheTokenEnds() {
        world.ghes().createOrganization("octo", List.of("app"));

        tick();

        String metric = "jitney_ghes_token_expires_timestamp_seconds";
        double seconds =
                given().get("/q/metrics")
                        .asString()
                        .lines()
                        .filter(line -> line.startsWith(metric))
                        .mapToDouble(line -> Double.parseDouble(line.replaceFirst("^\\S+ ", "")))
                        .findFirst()
                        .orElseThrow();
        assertEquals((double) World.TOKEN_EXPIRES.getEpochSecond(), seconds);
    }

    @Test
    void setsAWrongCounterRight() {
        world.granted("counted", 1001);
        awaitCounter("org/counted", 1);
        world.gates().set("org/counted", 7);
        awaitCounter("org/counted", 7);

        tick();

        awaitCounter("org/counted", 1);
    }

    @Test
    void servesWhoeverMayHaveMore_whenThePolicyHasChanged() {
        OrganizationPattern frozen = new OrganizationPattern("thawed");
        world.change(new PolicyEdit.Freeze(frozen));
        WaitingJob job = Events.waiting("thawed", 1501);
        var _ =
                world.ledgers()
                        .update(
                                org("thawed"),
                                ledger -> JobQueued.queued(ledger, job, Instant.now()));
        send(EventTypes.POLICY_CHANGED, "{\"revision\":1}").statusCode(204);
        assertEquals(Optional.empty(), sent("code-linux-1501/requested"));

        world.change(new PolicyEdit.Unfreeze(frozen));
        send(EventTypes.POLICY_CHANGED, "{\"revision\":2}").statusCode(204);

        assertEquals(
                EventTypes.RUNNER_REQUESTED,
                sent("code-linux-1501/requested").orElseThrow().type());
        assertTrue(ledger("thawed").lease(new RunnerName("code-linux-1501")).isPresent());
    }

    @Test
    void letsAJobStandAgain_whenItsBackoffIsOver() {
        RunnerName runner = world.granted("backoff", 2001).runnerName();
        var brief = new Backoff(Duration.ofMillis(300), Duration.ofMillis(300));
        assertEquals(
                List.of(),
                admission(brief).refused(org("backoff"), runner, Held.GHES_ERROR, Instant.now()));
        WaitingJob job = ledger("backoff").waiting(new JobId(2001)).orElseThrow();
        assertEquals(Held.GHES_ERROR, job.held());
        World.await("the backoff is over", () -> Instant.now().isAfter(job.notBefore()));

        tick();

        assertEquals(
                EventTypes.RUNNER_REQUESTED,
                sent("code-linux-2001-2/requested").orElseThrow().type());
        assertTrue(ledger("backoff").lease(new RunnerName("code-linux-2001-2")).isPresent());
    }

    private Admission admission(Backoff backoff) {
        return new Admission(
                world.ledgers(),
                world.gates(),
                World.POLICY,
                backoff,
                InstantSource.system(),
                _ -> {});
    }

    @Test
    void asksAgainForARunnerThatNobodyMade() {
        Requested requested = world.granted("unmade", 3001);

        tick();

        var again = sent("code-linux-3001/requested").orElseThrow();
        assertEquals(EventTypes.RUNNER_REQUESTED, again.type());
        assertTrue(again.body().contains(requested.repository()), again.body());
    }

    @Test
    void freesThePlaceOfARunnerWhosePodIsGone() {
        known("podless");
        RunnerName runner = world.started("podless", 4001);
        var _ = world.pods().delete(runner.value());
        World.await("no pod", () -> world.pods().find(runner.value()).isEmpty());

        tick();

        var released = sent(runner + "/released").orElseThrow();
        assertEquals(EventTypes.RUNNER_RELEASED, released.type());
        assertTrue(released.body().contains("POD_GONE"), released.body());
        assertEquals(List.of(), world.github().runners("podless"));
    }

    @Test
    void countsAPodThatNoLeaseStandsForBeforeItTakesItBack() {
        known("stray");
        var _ =
                world.pods()
                        .create(
                                new RunnerPodSpec(
                                        "code-linux-5001",
                                        "stray",
                                        "code-linux",
                                        5001,
                                        "stray/app",
                                        0));

        tick();

        Lease adopted =
                world.ledgers()
                        .read(new Organization("stray"))
                        .lease(new RunnerName("code-linux-5001"))
                        .orElseThrow();
        assertEquals(LeaseState.RETIRING, adopted.state(), "GitHub does not know its job");
        assertTrue(world.ledgers().readCluster().places().containsKey(adopted.runner()));

        tick();

        World.await("no pod", () -> world.pods().find("code-linux-5001").isEmpty());
    }

    @Test
    void countsWhatLives_afterTheStoreLostEverything() {
        known("wiped");
        RunnerName runner = world.started("wiped", 9501);
        world.loseTheLedgers();

        assertEquals(
                List.of(),
                world.admission().queued(org("wiped"), Events.waiting("wiped", 9502)),
                "nobody knows yet what runs");
        tick();

        assertTrue(ledger("wiped").lease(runner).isPresent());
        ClusterLedger cluster = world.ledgers().readCluster();
        assertTrue(cluster.isOpen());
        assertTrue(cluster.places().containsKey(runner));
        assertTrue(sent("code-linux-9502/requested").isPresent(), "who waited is served");
    }

    @Test
    void asksKubernetesWhetherARunnerWasMade_whenGithubDoesNotAnswerWhileItCounts()
            throws Exception {
        known("unanswered");
        RunnerName runner = world.started("unanswered", 9601);
        world.loseTheLedgers();

        try (var _ = world.ghesFront().answering("/actions/jobs/", 502, Map.of())) {
            World.await(
                    "everything is counted",
                    () -> {
                        tick();
                        return world.ledgers().readCluster().isOpen();
                    });
        }

        assertTrue(ledger("unanswered").lease(runner).isPresent());
        assertFalse(world.kubernetesFront().callsWith("/secrets/" + runner.value()).isEmpty());
    }

    @Test
    void findsAQueuedJobWhoseWebhookWasLost() {
        known("lost");
        long job = world.ghes().queueJob("lost", "app", LABELS, Duration.ofHours(1));

        tick();

        var missed = sent("missed/" + job + "/queued").orElseThrow();
        assertEquals(EventTypes.JOB_QUEUED, missed.type());
        assertTrue(missed.body().contains("\"full_name\":\"lost/app\""), missed.body());
    }

    @Test
    void findsACompletedJobWhoseWebhookWasLost() {
        known("ended");
        long job = world.ghes().queueJob("ended", "app", LABELS, Duration.ofHours(1));
        Instant created = Instant.now().minusSeconds(60);
        world.ledgers()
                .update(
                        org("ended"),
                        ledger ->
                                JobQueued.queued(
                                        ledger, Events.waiting("ended", job, created), created));
        assertTrue(world.ghes().cancel(job));

        tick();

        var missed = sent("missed/" + job + "/completed").orElseThrow();
        assertEquals(EventTypes.JOB_COMPLETED, missed.type());
    }

    @Test
    void removesARegistrationThatNobodyStandsFor() {
        known("ghost");
        register("ghost", "code-linux-7001");
        register("ghost", "somebodys-own-runner");
        World.await("both are there", () -> world.github().runners("ghost").size() == 2);

        tick();

        var left = world.github().runners("ghost");
        assertEquals(
                List.of("somebodys-own-runner"), left.stream().map(each -> each.name()).toList());
    }

    private void register(String organization, String runner) {
        var _ = world.github().generateJitConfig(organization, JitRequest.of(runner, 1, LABELS));
    }

    @Test
    void writesADeadLetteredJobDown_andTheNextTickGrantsItARunner() {
        for (int i = 0; i < 2; i++) {
            send(EventTypes.JOB_QUEUED, Events.job("dead", 8001, "code-linux")).statusCode(204);
        }
        assertTrue(ledger("dead").waiting(new JobId(8001)).isPresent());

        tick();

        assertTrue(sent("code-linux-8001/requested").isPresent());
    }

    @Test
    void takesADeadLetterThatItCanDoNothingWith() {
        send(EventTypes.RUNNER_RELEASED, Events.released("dead-released", "code-linux-8002"))
                .statusCode(204);
        send(EventTypes.JOB_QUEUED, Events.job("dead-labels", 8003, "ubuntu-latest"))
                .statusCode(204);
        assertTrue(ledger("dead-labels").isIdle());
    }

    @Test
    void doesNothing_whileAnotherTickIsRunning() {
        world.granted("locked", 9001);
        try (var _ = world.locks().take("reconciler-tick", Duration.ofMinutes(1)).orElseThrow()) {
            tick();
            assertFalse(sent("code-linux-9001/requested").isPresent());
        }

        tick();

        assertTrue(sent("code-linux-9001/requested").isPresent());
    }

    @Test
    void goesOnWithTheRest_whenGithubIsInTrouble() throws Exception {
        known("troubled");
        world.granted("troubled", 9101);
        try (var _ = world.ghesFront().answering("/api/v3/", 502, Map.of())) {
            tick();
        }

        assertTrue(sent("code-linux-9101/requested").isPresent());
    }
}
