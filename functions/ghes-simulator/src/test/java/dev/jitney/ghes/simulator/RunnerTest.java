package dev.jitney.ghes.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.ghes.HttpGhes;
import dev.jitney.ghes.JitRequest;
import dev.jitney.ghes.JitRunner;
import dev.jitney.ghes.Removal;
import dev.jitney.ghes.Runner;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The life of runners and jobs, with the runner played by the test. */
final class RunnerTest {

    private static final List<String> LABELS = List.of("code-linux");
    private static final Duration HOUR = Duration.ofHours(1);

    private final List<String> observed = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private WebhookReceiver receiver;

    @BeforeEach
    void start() throws IOException {
        receiver = new WebhookReceiver();
        open.add(receiver);
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable closeable : open.reversed()) closeable.close();
    }

    private final class Recorder implements GhesObserver {
        @Override
        public void jobQueued(long jobId, String organization) {
            observed.add("queued " + organization);
        }

        @Override
        public void jobStarted(long jobId, String runner) {
            observed.add("started on " + runner);
        }

        @Override
        public void jobCompleted(long jobId, String conclusion) {
            observed.add("completed " + conclusion);
        }

        @Override
        public void jitRequested(String organization, String name) {
            observed.add("requested " + organization + "/" + name);
        }

        @Override
        public void runnerRegistered(String organization, String name) {
            observed.add("registered " + organization + "/" + name);
        }

        @Override
        public void runnerRemoved(String organization, String name) {
            observed.add("removed " + organization + "/" + name);
        }
    }

    private GhesSimulator simulator(double speed, GhesFaults faults) {
        GhesSimulator made =
                GhesSimulator.start(
                        GhesSimulatorConfig.of("token", "secret")
                                .withWebhookUrl(receiver.url())
                                .withSpeed(speed, 1)
                                .withFaults(faults)
                                .withObserver(new Recorder())
                                .withTimeouts(Duration.ofSeconds(5), Duration.ofMillis(300)));
        made.createOrganization("acme", List.of("shop"));
        open.add(made);
        return made;
    }

    private GhesSimulator simulator() {
        return simulator(1, GhesFaults.none());
    }

    private HttpGhes ghes(GhesSimulator simulator) {
        var made = new HttpGhes(simulator.url(), _ -> "token");
        open.add(made);
        return made;
    }

    private JitRunner register(GhesSimulator simulator, String name) {
        return ghes(simulator).generateJitConfig("Acme", JitRequest.of(name, 1, LABELS));
    }

    @Test
    void runsAJobAndEndsWithIt() {
        GhesSimulator simulator = simulator();
        long job = simulator.queueJob("acme", "shop", LABELS, HOUR);
        JitRunner made = register(simulator, "code-linux-" + job);
        FakeRunner runner = FakeRunner.online(simulator.url(), made.encodedJitConfig());

        assertEquals(job, runner.take());
        assertEquals(job, runner.take());
        assertEquals(200, runner.done());
        assertEquals(410, runner.done());

        assertEquals(Optional.empty(), ghes(simulator).runner("acme", made.runnerId()));
        var completed = receiver.only(job, "completed").body();
        assertEquals("", Schemas.webhookErrors("completed", completed));
        assertEquals(
                "", Schemas.webhookErrors("in_progress", receiver.only(job, "in_progress").body()));
        assertEquals(made.name(), completed.getJsonObject("workflow_job").getString("runner_name"));
        assertEquals(List.of("queued", "in_progress", "completed"), receiver.actions(job));
        assertEquals(
                List.of(
                        "queued acme",
                        "requested acme/" + made.name(),
                        "registered acme/" + made.name(),
                        "started on " + made.name(),
                        "completed success",
                        "removed acme/" + made.name()),
                observed);
    }

    @Test
    void aConfigurationServesOnce() {
        GhesSimulator simulator = simulator();
        JitRunner made = register(simulator, "code-linux-1");
        FakeRunner.online(simulator.url(), made.encodedJitConfig());
        String forged = new JitConfig(made.runnerId(), "guess").encode("code-linux-1", "");

        assertEquals(409, FakeRunner.open(simulator.url(), made.encodedJitConfig()).statusCode());
        assertEquals(401, FakeRunner.open(simulator.url(), forged).statusCode());
        assertEquals(401, FakeRunner.open(simulator.url(), "bm90IGpzb24=").statusCode());
        assertEquals(Removal.REMOVED, ghes(simulator).removeRunner("acme", made.runnerId()));
        assertEquals(404, FakeRunner.open(simulator.url(), made.encodedJitConfig()).statusCode());
    }

    @Test
    void aJobGoesToARunnerThatWaits() {
        GhesSimulator simulator = simulator();
        JitRunner made = register(simulator, "code-linux-1");
        FakeRunner runner = FakeRunner.online(simulator.url(), made.encodedJitConfig());
        assertEquals(204, runner.job().statusCode());
        CompletableFuture<HttpResponse<String>> poll = runner.jobLater();

        long job = simulator.queueJob("acme", "shop", List.of("CODE-LINUX"), HOUR);

        assertEquals(job, FakeRunner.jobId(answer(runner, poll)));
    }

    /** The first poll may end just before the job is there: a runner asks again. */
    private static HttpResponse<String> answer(
            FakeRunner runner, CompletableFuture<HttpResponse<String>> poll) {
        HttpResponse<String> first = poll.join();
        return first.statusCode() == 204 ? runner.job() : first;
    }

    @Test
    void aRemovedRunnerIsToldSo() {
        GhesSimulator simulator = simulator();
        JitRunner made = register(simulator, "code-linux-1");
        FakeRunner runner = FakeRunner.online(simulator.url(), made.encodedJitConfig());
        CompletableFuture<HttpResponse<String>> poll = runner.jobLater();

        assertEquals(Removal.REMOVED, ghes(simulator).removeRunner("acme", made.runnerId()));

        assertEquals(410, answer(runner, poll).statusCode());
        assertEquals(410, runner.job().statusCode());
        long job = simulator.queueJob("acme", "shop", LABELS, HOUR);
        assertEquals(1, simulator.state().queued());
        assertTrue(job > 0);
    }

    @Test
    void withoutSwapsTheOldestJobIsTakenWhateverTheName() {
        GhesSimulator simulator = simulator();
        long older = simulator.queueJob("acme", "shop", LABELS, HOUR);
        long newer = simulator.queueJob("acme", "shop", LABELS, HOUR);
        JitRunner made = register(simulator, "code-linux-" + newer);

        assertEquals(older, FakeRunner.online(simulator.url(), made.encodedJitConfig()).take());
    }

    @Test
    void aSwapTakesAJobNobodyExpects() {
        GhesFaults swaps = new GhesFaults(0, 0, 0, 0, 1, 0, 0, 0, 0, Duration.ZERO);
        GhesSimulator simulator = simulator(1, swaps);
        long oldest = simulator.queueJob("acme", "shop", LABELS, HOUR);
        long named = simulator.queueJob("acme", "shop", LABELS, HOUR);
        long other = simulator.queueJob("acme", "shop", LABELS, HOUR);
        JitRunner made = register(simulator, "code-linux-" + named);

        long taken = FakeRunner.online(simulator.url(), made.encodedJitConfig()).take();

        assertEquals(other, taken);
        assertFalse(taken == oldest);
    }

    @Test
    void aRunnerOfAnotherOrganizationGetsNothing() {
        GhesSimulator simulator = simulator();
        simulator.queueJob("other", "shop", LABELS, HOUR);
        JitRunner made = register(simulator, "code-linux-1");

        FakeRunner runner = FakeRunner.online(simulator.url(), made.encodedJitConfig());

        assertEquals(204, runner.job().statusCode());
    }

    @Test
    void aSilentRunnerFailsItsJobAndLeavesAGhost() {
        GhesSimulator simulator = simulator(10_000, GhesFaults.none());
        long job = simulator.queueJob("acme", "shop", LABELS, HOUR);
        JitRunner made = register(simulator, "code-linux-" + job);
        FakeRunner runner = FakeRunner.online(simulator.url(), made.encodedJitConfig());
        assertEquals(job, runner.take());

        var completed = receiver.only(job, "completed").body().getJsonObject("workflow_job");

        assertEquals("failure", completed.getString("conclusion"));
        assertEquals(410, runner.done());
        Runner ghost = ghes(simulator).runner("acme", made.runnerId()).orElseThrow();
        assertFalse(ghost.online());
        assertFalse(ghost.busy());
        assertEquals(Removal.REMOVED, ghes(simulator).removeRunner("acme", made.runnerId()));
    }

    @Test
    void aCancelledJobTakesItsRunnerWithIt() {
        GhesSimulator simulator = simulator();
        long job = simulator.queueJob("acme", "shop", LABELS, HOUR);
        JitRunner made = register(simulator, "code-linux-" + job);
        FakeRunner runner = FakeRunner.online(simulator.url(), made.encodedJitConfig());
        assertEquals(job, runner.take());

        assertTrue(simulator.cancel(job));

        assertEquals(410, runner.done());
        var told = receiver.only(job, "completed").body().getJsonObject("workflow_job");
        assertEquals("cancelled", told.getString("conclusion"));
        assertEquals(made.name(), told.getString("runner_name"));
        assertEquals(0, simulator.state().registrations());
    }

    @Test
    void someJobsAreCancelledWhileTheyWait() {
        GhesFaults cancels = new GhesFaults(0, 0, 0, 0, 0, 1, 0, 0, 0, Duration.ZERO);
        GhesSimulator simulator = simulator(10_000, cancels);
        long job = simulator.queueJob("acme", "shop", LABELS, HOUR);

        receiver.only(job, "completed");

        assertEquals(1, simulator.state().cancelled());
    }
}
