package dev.jitney.ghes.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.ghes.GhesConnection;
import dev.jitney.ghes.GhesRefused;
import dev.jitney.ghes.GhesUnavailable;
import dev.jitney.ghes.HttpGhes;
import dev.jitney.ghes.JitRequest;
import dev.jitney.ghes.JitRunner;
import dev.jitney.ghes.JobStatus;
import dev.jitney.ghes.Removal;
import dev.jitney.ghes.Repository;
import dev.jitney.ghes.RunStatus;
import dev.jitney.ghes.Runner;
import dev.jitney.ghes.RunnerNameTaken;
import dev.jitney.ghes.WorkflowJob;
import dev.jitney.ghes.WorkflowRun;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every call of the client, and how each can fail, over real HTTP. */
final class ClientTest {

    private static final List<String> LABELS = List.of("self-hosted", "code-linux");
    private static final GhesFaults ALL_TIME_OUT = GhesFaults.none().withTimeoutsAfterEffect(1);

    private final List<AutoCloseable> open = new ArrayList<>();
    private GhesSimulator simulator;
    private HttpGhes ghes;

    @BeforeEach
    void start() {
        simulator = simulator(GhesFaults.none());
        ghes = client(simulator, "token", GhesConnection.Access.DEADLINE);
        simulator.createOrganization("Acme", List.of("Shop", "site"));
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable closeable : open) closeable.close();
    }

    private GhesSimulator simulator(GhesFaults faults) {
        var made =
                GhesSimulator.start(GhesSimulatorConfig.of("token", "secret").withFaults(faults));
        open.add(made);
        return made;
    }

    private HttpGhes client(GhesSimulator of, String token, Duration deadline) {
        var made = new HttpGhes(of.url(), _ -> token, deadline, InstantSource.system());
        open.add(made);
        return made;
    }

    private JitRunner register(String name) {
        long group = ghes.defaultRunnerGroup("acme");
        return ghes.generateJitConfig("acme", JitRequest.of(name, group, LABELS));
    }

    @Test
    void registersFindsAndRemovesARunner() {
        JitRunner made = register("code-linux-1");

        var expected = new Runner(made.runnerId(), "code-linux-1", false, false, LABELS);
        assertEquals(Optional.of(expected), ghes.runner("ACME", made.runnerId()));
        assertEquals(Optional.of(expected), ghes.runnerNamed("acme", "code-linux-1"));
        assertEquals(Optional.empty(), ghes.runnerNamed("acme", "code-linux-2"));
        assertEquals(List.of(expected), ghes.runners("acme"));

        assertEquals(Removal.REMOVED, ghes.removeRunner("acme", made.runnerId()));
        assertEquals(Removal.GONE, ghes.removeRunner("acme", made.runnerId()));
        assertEquals(Optional.empty(), ghes.runner("acme", made.runnerId()));
    }

    @Test
    void aNameCanBeTakenOnce() {
        register("code-linux-1");

        assertThrows(RunnerNameTaken.class, () -> register("code-linux-1"));

        ghes.removeRunner("acme", ghes.runners("acme").getFirst().id());
        assertEquals("code-linux-1", register("code-linux-1").name());
    }

    @Test
    void aBusyRunnerIsNotRemoved() {
        long job = simulator.queueJob("Acme", "Shop", LABELS, Duration.ofHours(1));
        JitRunner made = register("code-linux-" + job);
        assertEquals(job, FakeRunner.online(simulator.url(), made.encodedJitConfig()).take());

        assertEquals(Removal.BUSY, ghes.removeRunner("acme", made.runnerId()));

        Runner runner = ghes.runner("acme", made.runnerId()).orElseThrow();
        assertTrue(runner.busy());
        assertTrue(runner.online());
    }

    @Test
    void listsMoreRunnersThanAPageHolds() {
        IntStream.range(0, 205).forEach(i -> register("code-linux-" + i));

        assertEquals(205, ghes.runners("acme").size());
    }

    @Test
    void anUnknownOrganizationIsRefused() {
        var request = JitRequest.of("code-linux-1", 1, LABELS);

        var failure =
                assertThrows(GhesRefused.class, () -> ghes.generateJitConfig("other", request));

        assertEquals(404, failure.status());
        assertThrows(GhesRefused.class, () -> ghes.runners("other"));
        assertThrows(GhesRefused.class, () -> ghes.repositories("other"));
        assertThrows(GhesRefused.class, () -> ghes.defaultRunnerGroup("other"));
        assertEquals(Optional.empty(), ghes.runner("other", 1));
        assertEquals(Removal.GONE, ghes.removeRunner("other", 1));
    }

    @Test
    void anInvalidRequestIsRefused() {
        var blankLabel = JitRequest.of("code-linux-1", 1, List.of(" "));
        var unknownGroup = JitRequest.of("code-linux-1", 9, LABELS);

        for (JitRequest request : List.of(blankLabel, unknownGroup)) {
            var failure =
                    assertThrows(GhesRefused.class, () -> ghes.generateJitConfig("acme", request));
            assertEquals(422, failure.status());
        }
    }

    @Test
    void aWrongTokenIsRefused() {
        HttpGhes stranger = client(simulator, "guess", GhesConnection.Access.DEADLINE);

        var failure = assertThrows(GhesRefused.class, stranger::installedVersion);

        assertEquals(401, failure.status());
        assertFalse(failure.toString().contains("guess"));
    }

    @Test
    void readsAQueuedJob() {
        long id = simulator.queueJob("Acme", "Shop", List.of("Code-Linux"), Duration.ofHours(1));

        WorkflowJob job = ghes.job("acme/shop", id).orElseThrow();

        assertEquals(id, job.id());
        assertEquals(JobStatus.QUEUED, job.status());
        assertEquals(List.of("Code-Linux"), job.labels());
        assertTrue(job.conclusion().isEmpty());
        assertTrue(job.runnerId().isEmpty());
        assertTrue(job.runnerName().isEmpty());
        assertEquals(Optional.empty(), ghes.job("acme/shop", id + 1));
        assertEquals(Optional.empty(), ghes.job("acme/site", id));
        assertEquals(Optional.empty(), ghes.job("acme/other", id));
    }

    @Test
    void aJobCancelledWhileQueuedHasNoRunner() {
        long id = simulator.queueJob("Acme", "Shop", LABELS, Duration.ofHours(1));

        assertTrue(simulator.cancel(id));

        WorkflowJob job = ghes.job("acme/shop", id).orElseThrow();
        assertEquals(JobStatus.COMPLETED, job.status());
        assertEquals(Optional.of("cancelled"), job.conclusion());
        assertTrue(job.runnerId().isEmpty());
        assertTrue(job.runnerName().isEmpty());
        assertFalse(simulator.cancel(id));
    }

    @Test
    void findsTheRunsAndJobsOfARepository() {
        var order = JobOrder.of("Acme", "Shop", LABELS, Duration.ofHours(1));
        List<Long> ids = simulator.queueRun(List.of(order, order, order));
        JitRunner made = register("code-linux-" + ids.getFirst());

        List<WorkflowRun> queued = ghes.runs("acme/shop", RunStatus.QUEUED, 1);
        assertEquals(1, queued.size());
        long run = queued.getFirst().id();
        assertEquals(ids, ghes.jobs("acme/shop", run).stream().map(WorkflowJob::id).toList());

        FakeRunner.online(simulator.url(), made.encodedJitConfig()).take();

        assertEquals(List.of(), ghes.runs("acme/shop", RunStatus.QUEUED, 1));
        assertEquals(1, ghes.runs("acme/shop", RunStatus.IN_PROGRESS, 1).size());
        WorkflowJob started = ghes.jobs("acme/shop", run).getFirst();
        assertEquals(JobStatus.IN_PROGRESS, started.status());
        assertEquals(made.runnerId(), started.runnerId().orElseThrow());
        assertEquals(Optional.of(made.name()), started.runnerName());
        assertEquals(List.of(), ghes.runs("acme/other", RunStatus.QUEUED, 1));
        assertEquals(List.of(), ghes.jobs("acme/shop", 1));
    }

    @Test
    void aGatedRunWaits() {
        var order = JobOrder.of("Acme", "Shop", LABELS, Duration.ofHours(1));
        long id = simulator.queueJob(order.gated(Duration.ofHours(1)));

        assertEquals(JobStatus.WAITING, ghes.job("acme/shop", id).orElseThrow().status());
        assertEquals(1, ghes.runs("acme/shop", RunStatus.WAITING, 1).size());
    }

    @Test
    void listsRepositoriesAndOrganizations() {
        IntStream.range(0, 120)
                .forEach(i -> simulator.createOrganization("org-" + i, List.of("repo")));

        assertEquals(121, ghes.organizations().size());
        assertEquals("Acme", ghes.organizations().getFirst());
        assertEquals(
                List.of("Acme/Shop", "Acme/site"),
                ghes.repositories("acme").stream().map(Repository::fullName).sorted().toList());
        assertEquals("3.14.0", ghes.installedVersion());
    }

    @Test
    void aTimeoutMayComeAfterTheEffect() {
        GhesSimulator silent = simulator(ALL_TIME_OUT);
        silent.createOrganization("acme", List.of());
        HttpGhes hurried = client(silent, "token", Duration.ofMillis(300));
        var request = JitRequest.of("code-linux-1", 1, LABELS);

        assertThrows(GhesUnavailable.class, () -> hurried.generateJitConfig("acme", request));

        assertEquals(1, silent.state().registrations());
    }

    @Test
    void aFaultOfTheServerPassesWhenAskedAgain() {
        GhesFaults heavy = GhesFaults.heavy();
        GhesSimulator troubled =
                simulator(new GhesFaults(0, 0, 0, 0, 0, 0, 0.3, 0.3, 0, heavy.lateDeliveryMax()));
        troubled.createOrganization("acme", List.of());
        HttpGhes patient = client(troubled, "token", GhesConnection.Access.DEADLINE);

        int refused = 0;
        int throttled = 0;
        int answered = 0;
        for (int i = 0; i < 60; i++) {
            try {
                patient.runners("acme");
                answered++;
            } catch (GhesUnavailable unavailable) {
                if (unavailable.retryAfter().isPresent()) throttled++;
                else refused++;
            }
        }

        assertTrue(refused > 5 && throttled > 3 && answered > 10, "" + refused + throttled);
    }
}
