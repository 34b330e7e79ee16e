package dev.jitney.provisioner;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.core.Organization;
import dev.jitney.core.RunnerName;
import dev.jitney.core.event.EventTypes;
import dev.jitney.core.event.RunnerEvent.Requested;
import dev.jitney.core.ledger.LeaseState;
import dev.jitney.kubernetes.PodState;
import dev.jitney.testing.Events;
import dev.jitney.testing.LogLines;
import dev.jitney.testing.World;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The function on the wire, with the real store and with GHES and Kubernetes over HTTP. Each test
 * has an organization of its own.
 */
@QuarkusTest
@QuarkusTestResource(World.class)
class ProvisionerFunctionTest {
    private static final String RUNNERS = "/api/v1/namespaces/jitney-runners";

    @SuppressWarnings("NullAway") // Injected before the first test.
    World world;

    private static ValidatableResponse send(Requested requested) {
        return given().header("ce-specversion", "1.0")
                .header("ce-id", requested.runner() + "/requested")
                .header("ce-source", "/jitney/admission")
                .header("ce-type", EventTypes.RUNNER_REQUESTED)
                .contentType("application/json")
                .body(Events.requested(requested))
                .post("/")
                .then();
    }

    private Requested granted(String organization, long job) {
        world.ghes().createOrganization(organization, List.of("app"));
        return world.granted(organization, job);
    }

    private Optional<LeaseState> leaseState(String organization, String runner) {
        return world.ledgers()
                .read(new Organization(organization))
                .lease(new RunnerName(runner))
                .map(lease -> lease.state());
    }

    private ValidatableResponse kubernetes(String path) {
        return given().get(world.kubernetes().url() + RUNNERS + path).then();
    }

    private void assertNothingIsLeft(String organization, String runner) {
        World.await("no pod", () -> world.pods().find(runner).isEmpty());
        World.await("no Secret", () -> !world.pods().hasSecret(runner));
        assertEquals(List.of(), world.github().runners(organization));
    }

    @Test
    void makesARunner_andMakesItOnceHoweverOftenItIsAsked() {
        Requested requested = granted("made", 1001);

        send(requested)
                .statusCode(200)
                .header("ce-type", EventTypes.RUNNER_STARTED)
                .header("ce-id", "code-linux-1001/started")
                .header("ce-source", "/jitney/provisioner")
                .header("ce-causationid", "code-linux-1001/requested")
                .body("runner", equalTo("code-linux-1001"))
                .body("jobId", equalTo(1001));
        send(requested).statusCode(204);

        PodState pod = world.pods().find("code-linux-1001").orElseThrow();
        assertEquals("made", pod.organization());
        kubernetes("/secrets/code-linux-1001")
                .statusCode(200)
                .body("metadata.ownerReferences", hasSize(1))
                .body("metadata.ownerReferences[0].uid", equalTo(pod.uid()));
        var registered = world.github().runners("made");
        assertEquals(1, registered.size());
        assertEquals(pod.runnerId(), registered.getFirst().id());
        assertEquals(1, podsOf("made"));
        assertEquals(Optional.of(LeaseState.STARTED), leaseState("made", "code-linux-1001"));
    }

    private long podsOf(String organization) {
        return world.pods().list().stream()
                .filter(pod -> pod.organization().equals(organization))
                .count();
    }

    @Test
    void makesNothing_whenThereIsNoLease() {
        world.ghes().createOrganization("none", List.of("app"));

        send(new Requested("code-linux-2001", "none", "code-linux", 2001, "none/app"))
                .statusCode(204);

        assertNothingIsLeft("none", "code-linux-2001");
        assertEquals(List.of(), world.ghesFront().callsWith("/orgs/none/"));
    }

    @Test
    void refuses_whenGithubDoesNotKnowTheOrganization() {
        send(world.granted("nowhere", 3001))
                .statusCode(200)
                .header("ce-type", EventTypes.RUNNER_REFUSED)
                .header("ce-id", "code-linux-3001/refused")
                .body("reason", equalTo("GHES_ERROR"));

        assertTrue(world.pods().find("code-linux-3001").isEmpty());
        assertFalse(world.pods().hasSecret("code-linux-3001"));
    }

    @Test
    void refuses_andTakesTheRegistrationBack_whenKubernetesHasNoRoom() {
        Requested requested = granted("quota", 4001);
        var quotas = world.kubernetes().url() + RUNNERS + "/resourcequotas";
        given().contentType("application/json")
                .body(
                        """
                        {"apiVersion":"v1","kind":"ResourceQuota","metadata":{"name":"none"},
                         "spec":{"hard":{"pods":"0"}}}
                        """)
                .post(quotas)
                .then()
                .statusCode(201);
        try {
            send(requested)
                    .statusCode(200)
                    .header("ce-type", EventTypes.RUNNER_REFUSED)
                    .body("reason", equalTo("KUBERNETES_ERROR"))
                    .body("message", containsString("quota"));
        } finally {
            given().delete(quotas + "/none").then().statusCode(200);
        }

        assertFalse(world.ghesFront().callsWith("POST /api/v3/orgs/quota/").isEmpty());
        assertNothingIsLeft("quota", "code-linux-4001");
    }

    @Test
    void makesNothing_whenTheJobWasCancelledMeanwhile() {
        Requested requested = granted("cancelled", 5001);
        world.finish("cancelled", 5001);
        assertEquals(Optional.of(LeaseState.RETIRING), leaseState("cancelled", "code-linux-5001"));

        send(requested).statusCode(204);

        assertNothingIsLeft("cancelled", "code-linux-5001");
        assertEquals(List.of(), world.ghesFront().callsWith("/orgs/cancelled/"));
    }

    @Test
    void takesTheRunnerBack_whenTheJobIsCancelledWhileItIsMade() {
        Requested requested = granted("withdrawn", 6001);
        world.ghesFront()
                .during(
                        "POST /api/v3/orgs/withdrawn/actions/runners/generate-jitconfig",
                        () -> world.finish("withdrawn", 6001));

        send(requested)
                .statusCode(200)
                .header("ce-type", EventTypes.RUNNER_RELEASED)
                .body("reason", equalTo("WITHDRAWN"));

        assertFalse(world.kubernetesFront().callsWith("DELETE " + RUNNERS + "/pods").isEmpty());
        assertNothingIsLeft("withdrawn", "code-linux-6001");
    }

    @Test
    void asksTheBrokerToComeAgain_whenGithubIsInTrouble() throws Exception {
        Requested requested = granted("trouble", 7001);
        try (var _ = world.ghesFront().answering("/orgs/trouble/", 502, Map.of())) {
            send(requested).statusCode(503);
        }
        try (var _ =
                world.ghesFront().answering("/orgs/trouble/", 429, Map.of("Retry-After", "17"))) {
            send(requested).statusCode(503).header("retry-after", "17");
        }
        assertEquals(Optional.of(LeaseState.REQUESTED), leaseState("trouble", "code-linux-7001"));

        send(requested).statusCode(200).header("ce-type", EventTypes.RUNNER_STARTED);
    }

    @Test
    void asksTheBrokerToComeAgain_whenKubernetesIsInTrouble_andFinishesWhatIsHalfMade()
            throws Exception {
        Requested requested = granted("half", 8001);
        try (var _ = world.kubernetesFront().answering("POST " + RUNNERS, 503, Map.of())) {
            send(requested).statusCode(503);
        }
        assertEquals(1, world.github().runners("half").size());

        send(requested).statusCode(200).header("ce-type", EventTypes.RUNNER_STARTED);

        assertEquals(1, world.github().runners("half").size());
        assertTrue(world.pods().hasSecret("code-linux-8001"));
    }

    @Test
    void givesAPodItsSecret_whenADeathCameBetweenThem() throws Exception {
        Requested requested = granted("between", 8101);
        try (var _ =
                world.kubernetesFront().answering("POST " + RUNNERS + "/secrets", 503, Map.of())) {
            send(requested).statusCode(503);
        }
        PodState before = world.pods().find("code-linux-8101").orElseThrow();
        assertFalse(world.pods().hasSecret("code-linux-8101"));

        send(requested).statusCode(200).header("ce-type", EventTypes.RUNNER_STARTED);

        PodState pod = world.pods().find("code-linux-8101").orElseThrow();
        assertEquals(before.uid(), pod.uid());
        assertTrue(world.pods().hasSecret("code-linux-8101"));
        var registered = world.github().runners("between");
        assertEquals(1, registered.size());
        assertEquals(pod.runnerId(), registered.getFirst().id());
    }

    @Test
    void replacesTheSecretThatAnEarlierPodOfTheNameLeft() {
        Requested requested = granted("leftover", 8201);
        given().contentType("application/json")
                .body(
                        "{\"metadata\":{\"name\":\"code-linux-8201\"},\"data\":{\"jitconfig\":\"b2xk\"}}")
                .post(world.kubernetes().url() + RUNNERS + "/secrets")
                .then()
                .statusCode(201);

        send(requested).statusCode(200).header("ce-type", EventTypes.RUNNER_STARTED);

        String uid = world.pods().find("code-linux-8201").orElseThrow().uid();
        kubernetes("/secrets/code-linux-8201")
                .body("metadata.ownerReferences[0].uid", equalTo(uid))
                .body("data.jitconfig", not(equalTo("b2xk")));
    }

    @Test
    void neverShowsATokenOrAConfiguration() throws Exception {
        Requested requested = granted("secretive", 9001);
        StringBuilder shown = new StringBuilder();
        try (LogLines lines = LogLines.ofEverything()) {
            try (var _ = world.kubernetesFront().answering("POST " + RUNNERS, 503, Map.of())) {
                shown.append(send(requested).statusCode(503).extract().asString());
            }
            shown.append(send(requested).statusCode(200).extract().asString());
            shown.append(lines.text());
        }
        String text = shown.toString();
        String stored = kubernetes("/secrets/code-linux-9001").extract().path("data.jitconfig");
        String configuration =
                new String(Base64.getDecoder().decode(stored), StandardCharsets.UTF_8);

        assertTrue(text.contains("decision=STARTED"), text);
        assertFalse(text.contains(World.TOKEN), "the token");
        assertFalse(text.contains(configuration), "the JIT configuration");
        assertFalse(text.contains(stored), "the JIT configuration as it is in the Secret");
    }
}
