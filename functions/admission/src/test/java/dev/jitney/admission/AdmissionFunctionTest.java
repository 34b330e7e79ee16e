package dev.jitney.admission;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.core.Held;
import dev.jitney.core.JobId;
import dev.jitney.core.Organization;
import dev.jitney.core.OrganizationPattern;
import dev.jitney.core.RunnerName;
import dev.jitney.core.event.EventTypes;
import dev.jitney.core.ledger.LeaseState;
import dev.jitney.core.ledger.Leasing;
import dev.jitney.core.policy.PolicyEdit;
import dev.jitney.testing.Events;
import dev.jitney.testing.World;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/**
 * The function on the wire, with a real Infinispan behind it. Each test has organizations of its
 * own.
 */
@QuarkusTest
@QuarkusTestResource(World.class)
class AdmissionFunctionTest {
    @SuppressWarnings("NullAway") // Injected before the first test.
    World world;

    private static ValidatableResponse send(String type, String body) {
        return given().header("ce-specversion", "1.0")
                .header("ce-id", "delivery-1")
                .header("ce-source", "/test")
                .header("ce-type", type)
                .header("ce-traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .contentType("application/json")
                .body(body)
                .post("/")
                .then();
    }

    private static ValidatableResponse queued(String organization, long job) {
        return send(EventTypes.JOB_QUEUED, Events.job(organization, job, "code-linux"));
    }

    @Test
    void grantsARunner_andSaysTheSameWhenRepeated() {
        for (int i = 0; i < 2; i++) {
            queued("first", 1001)
                    .statusCode(200)
                    .header("ce-type", EventTypes.RUNNER_REQUESTED)
                    .header("ce-id", "code-linux-1001/requested")
                    .header("ce-source", "/jitney/admission")
                    .header("ce-partitionkey", "first")
                    .header("ce-jobid", "1001")
                    .header("ce-causationid", "delivery-1")
                    .header(
                            "ce-traceparent",
                            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                    .body("runner", equalTo("code-linux-1001"))
                    .body("repository", equalTo("first/app"));
        }
        world.end("first", 1001);
    }

    @Test
    void holdsTheEleventhJob_andServesItWhenAPlaceComesFree() {
        for (int job = 2001; job <= 2010; job++) {
            queued("full", job).statusCode(200);
        }
        queued("Full", 2011).statusCode(204); // GitHub compares logins without regard to case.

        // Taken over by the job that waits, the runner would not be free: this one has ended.
        world.finishOn("full", 2001);
        send(EventTypes.RUNNER_RELEASED, Events.released("full", "code-linux-2001"))
                .statusCode(200)
                .body("runner", equalTo("code-linux-2011"));

        assertEquals(10, world.ledgers().read(new Organization("full")).leases().size());
        for (int job = 2001; job <= 2011; job++) {
            world.end("full", job);
        }
    }

    @Test
    void ignoresLabelsNobodyServes_andCountsThem() {
        send(EventTypes.JOB_QUEUED, Events.job("labels", 3001, "ubuntu-latest")).statusCode(204);
        send(EventTypes.JOB_QUEUED, Events.job("labels", 3002)).statusCode(204);

        assertTrue(world.ledgers().read(new Organization("labels")).isIdle());
        String metrics = given().get("/q/metrics").then().statusCode(200).extract().asString();
        assertTrue(
                metrics.contains("jitney_admission_ignored_total{reason=\"NO_CLASS\"} 2.0"),
                metrics);
    }

    @Test
    void ignoresNewJobsOfADeniedOrganization_andFollowsTheOldOnes() {
        OrganizationPattern denied = new OrganizationPattern("denied");
        queued("denied", 3101).statusCode(200);
        world.change(new PolicyEdit.Deny(denied));

        queued("denied", 3102).statusCode(204);
        send(
                        EventTypes.JOB_IN_PROGRESS,
                        Events.jobOn("denied", 3101, "code-linux-3101", "code-linux"))
                .statusCode(204);

        var ledger = world.ledgers().read(new Organization("denied"));
        assertEquals(
                LeaseState.BUSY,
                ledger.lease(new RunnerName("code-linux-3101")).orElseThrow().state());
        assertTrue(ledger.backlog().isEmpty());
        String metrics = given().get("/q/metrics").then().statusCode(200).extract().asString();
        assertTrue(
                metrics.contains("jitney_admission_ignored_total{reason=\"DENIED\"} 1.0"), metrics);
        world.change(new PolicyEdit.Allow(denied));
        world.finishOn("denied", 3101);
        send(EventTypes.RUNNER_RELEASED, Events.released("denied", "code-linux-3101"))
                .statusCode(204);
    }

    @Test
    void aChangedLimitHoldsForTheNextEvent() {
        Organization organization = new Organization("changed");
        world.change(new PolicyEdit.SetLimit(organization, OptionalInt.of(1)));
        queued("changed", 3201).statusCode(200);
        queued("changed", 3202).statusCode(204);

        world.change(new PolicyEdit.SetLimit(organization, OptionalInt.of(2)));
        queued("changed", 3202).statusCode(200).body("runner", equalTo("code-linux-3202"));

        world.change(new PolicyEdit.Freeze(OrganizationPattern.of(organization)));
        queued("changed", 3203).statusCode(204);
        assertEquals(2, world.ledgers().read(organization).leases().size());

        world.change(new PolicyEdit.Unfreeze(OrganizationPattern.of(organization)));
        for (long job = 3201; job <= 3203; job++) {
            world.end("changed", job);
        }
    }

    @Test
    void bindsTheRunnerThatTookTheJob() {
        queued("bound", 4001).statusCode(200);

        send(
                        EventTypes.JOB_IN_PROGRESS,
                        Events.jobOn("bound", 4001, "code-linux-4001", "code-linux"))
                .statusCode(204);

        var lease =
                world.ledgers()
                        .read(new Organization("bound"))
                        .leaseServing(new JobId(4001))
                        .orElseThrow();
        assertEquals(LeaseState.BUSY, lease.state());
        world.end("bound", 4001);
    }

    @Test
    void takesTheJobOutOfTheBacklog_whenAForeignRunnerTookIt() {
        for (int job = 5001; job <= 5011; job++) {
            queued("foreign", job);
        }

        send(
                        EventTypes.JOB_IN_PROGRESS,
                        Events.jobOn("foreign", 5011, "Somebody's own runner", "code-linux"))
                .statusCode(204);

        var ledger = world.ledgers().read(new Organization("foreign"));
        assertTrue(ledger.waiting(new JobId(5011)).isEmpty());
        assertTrue(ledger.isFinished(new JobId(5011)));
        for (int job = 5001; job <= 5010; job++) {
            world.end("foreign", job);
        }
    }

    @Test
    void withdrawsAGatedJob_andTakesItBack() {
        for (int job = 6001; job <= 6011; job++) {
            queued("gated", job);
        }

        send(EventTypes.JOB_WAITING, Events.job("gated", 6011, "code-linux")).statusCode(204);
        var gated = world.ledgers().read(new Organization("gated"));
        assertTrue(gated.gated().containsKey(new JobId(6011)));

        queued("gated", 6011).statusCode(204);
        var back = world.ledgers().read(new Organization("gated"));
        assertTrue(back.waiting(new JobId(6011)).isPresent());
        world.end("gated", 6011);
        for (int job = 6001; job <= 6010; job++) {
            world.end("gated", job);
        }
    }

    @Test
    void requeuesAJobWhoseRunnerCouldNotBeMade_withItsReason() {
        queued("refused", 7001).statusCode(200);

        send(
                        EventTypes.RUNNER_REFUSED,
                        """
                        {"runner":"code-linux-7001","organization":"refused",
                         "runnerClass":"code-linux","jobId":7001,
                         "reason":"GHES_ERROR","message":"no such organization"}
                        """)
                .statusCode(204);

        var ledger = world.ledgers().read(new Organization("refused"));
        var job = ledger.waiting(new JobId(7001)).orElseThrow();
        assertEquals(Held.GHES_ERROR, job.held());
        assertEquals("code-linux-7001-2", job.runner().value());
        assertTrue(job.notBefore().isAfter(Instant.now()));
        assertTrue(ledger.leases().isEmpty());
    }

    @Test
    void refusesWhatCanNeverBeHandled() {
        send(EventTypes.JOB_QUEUED, "{").statusCode(400);
        send(EventTypes.JOB_QUEUED, "{\"workflow_job\":{\"id\":0}}").statusCode(400);
        send(EventTypes.RUNNER_REQUESTED, "{}").statusCode(422);
    }

    @Test
    void countersFollowTheLedgers() {
        queued("counted", 8001).statusCode(200);
        world.ledgers()
                .update(
                        new Organization("counted"),
                        ledger ->
                                Leasing.started(
                                        ledger, new RunnerName("code-linux-8001"), Instant.now()));

        awaitCounter("org/counted", 1);
        world.end("counted", 8001);
        awaitCounter("org/counted", 0);
    }

    private void awaitCounter(String name, long value) {
        long deadline = System.nanoTime() + 5_000_000_000L;
        while (world.gates().readAll().getOrDefault(name, 0L) != value) {
            assertTrue(System.nanoTime() < deadline, name + " is not " + value);
            Thread.onSpinWait();
        }
    }
}
