package dev.jitney.kubernetes.simulator;

import static dev.jitney.kubernetes.simulator.Simulated.fast;
import static dev.jitney.kubernetes.simulator.Simulated.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.kubernetes.Deletion;
import dev.jitney.kubernetes.PodPhase;
import dev.jitney.kubernetes.PodState;
import dev.jitney.kubernetes.Trouble;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lives of pods, with a small stand-in for the runner's side of GHES. */
final class KubeletIT {
    private final RunnerSide ghes;

    KubeletIT() throws IOException {
        ghes = new RunnerSide();
    }

    @AfterEach
    void stop() {
        ghes.close();
    }

    @Test
    void runsOneJobAndSucceeds() throws IOException {
        try (var simulated = new Simulated(fast(ghes.url()))) {
            ghes.jobMillis.add(50);

            String runner = simulated.start(1, "config-1").runner();

            await(simulated, runner, PodPhase.SUCCEEDED);
            assertEquals(1, ghes.sessions.size());
            assertTrue(ghes.done.contains("config-1"));
            assertEquals(Optional.empty(), find(simulated, runner).trouble());
            assertEquals(Deletion.GONE, simulated.pods.delete(runner), "nothing to stop");
        }
    }

    @Test
    void pollsUntilThereIsAJob() throws IOException {
        try (var simulated = new Simulated(fast(ghes.url()))) {
            String runner = simulated.start(1, "config-1").runner();
            Eventually.is("polled", () -> ghes.polls.getOrDefault("config-1", 0) > 1);
            assertEquals(PodPhase.RUNNING, find(simulated, runner).phase());

            ghes.jobMillis.add(1);

            await(simulated, runner, PodPhase.SUCCEEDED);
        }
    }

    @Test
    void waitsForTheSecret() throws IOException {
        try (var simulated = new Simulated(fast(ghes.url()))) {
            String uid = simulated.pods.create(spec("acme", 1)).uid();
            var missing =
                    new Trouble("CreateContainerConfigError", "secret \"code-linux-1\" not found");
            awaitTrouble(simulated, "code-linux-1", missing);
            assertEquals(PodPhase.PENDING, find(simulated, "code-linux-1").phase());

            simulated.pods.handOver("code-linux-1", uid, "config-1");

            await(simulated, "code-linux-1", PodPhase.RUNNING);
            Eventually.is("session", () -> ghes.sessions.contains("config-1"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "gone"})
    void succeedsWithoutAJobWhenTheRegistrationIsGone(String jitConfig) throws IOException {
        try (var simulated = new Simulated(fast(ghes.url()))) {
            String runner = simulated.start(1, jitConfig).runner();

            await(simulated, runner, PodPhase.SUCCEEDED);
            assertTrue(ghes.done.isEmpty());
        }
    }

    @Test
    void triesAgainWhileGhesIsInTrouble() throws IOException {
        try (var simulated = new Simulated(fast(ghes.url()))) {
            ghes.jobMillis.add(1);

            String runner = simulated.start(1, "trouble").runner();

            await(simulated, runner, PodPhase.SUCCEEDED);
        }
    }

    @Test
    void stopsTheRunnerOfADeletedPod() throws IOException {
        try (var simulated = new Simulated(fast(ghes.url()))) {
            ghes.jobMillis.add(60_000);
            String runner = simulated.start(1, "config-1").runner();
            Eventually.is("job taken", () -> ghes.jobMillis.isEmpty());

            simulated.pods.delete(runner);

            Eventually.is("pod gone", () -> simulated.pods.find(runner).isEmpty());
            Eventually.is("secret gone", () -> !simulated.pods.hasSecret(runner));
            assertTrue(ghes.done.isEmpty(), "the session is left behind");
        }
    }

    @Test
    void startsNoRunnerInAPodDeletedMeanwhile() throws IOException {
        try (var simulated = new Simulated(fast(ghes.url()).withSpeed(10))) {
            String runner = simulated.start(1, "config-1").runner();

            simulated.pods.delete(runner);

            Eventually.is("pod gone", () -> simulated.pods.find(runner).isEmpty());
            assertTrue(ghes.sessions.isEmpty());
        }
    }

    @Test
    void placesAPodWhenAnotherHasLeft() throws IOException {
        try (var simulated = new Simulated(fast(ghes.url()).withNodes(1, 1))) {
            simulated.start(1, "config-1");
            await(simulated, "code-linux-1", PodPhase.RUNNING);
            simulated.start(2, "config-2");
            awaitTrouble(
                    simulated,
                    "code-linux-2",
                    new Trouble("Unschedulable", "0/1 nodes are available: 1 Too many pods."));

            ghes.jobMillis.add(1);

            await(simulated, "code-linux-1", PodPhase.SUCCEEDED);
            await(simulated, "code-linux-2", PodPhase.RUNNING);
        }
    }

    @Test
    void neverStartsWithoutItsImage() throws IOException {
        var faults = KubernetesFaults.none().withPodFaults(1, 0);
        try (var simulated = new Simulated(fast(ghes.url()).withFaults(faults))) {
            String runner = simulated.start(1, "config-1").runner();

            Eventually.is(
                    "back-off",
                    () ->
                            find(simulated, runner)
                                    .trouble()
                                    .filter(it -> it.reason().equals("ImagePullBackOff"))
                                    .isPresent());
            assertEquals(PodPhase.PENDING, find(simulated, runner).phase());
            simulated.pods.delete(runner);
            Eventually.is("pod gone", () -> simulated.pods.find(runner).isEmpty());
        }
    }

    @Test
    void failsWhenEvicted() throws IOException {
        var faults = KubernetesFaults.none().withPodFaults(0, 1);
        try (var simulated = new Simulated(fast(ghes.url()).withFaults(faults))) {
            String runner = simulated.start(1, "config-1").runner();

            await(simulated, runner, PodPhase.FAILED);

            assertEquals("Evicted", find(simulated, runner).trouble().orElseThrow().reason());
        }
    }

    @Test
    void failsAtItsDeadline() throws IOException {
        var templates = Simulated.templates(Simulated.NAMESPACE, ", maxMinutes: 1");
        try (var simulated = new Simulated(fast(ghes.url()));
                var pods = simulated.pods(templates)) {
            pods.create(spec("acme", 1));

            await(simulated, "code-linux-1", PodPhase.FAILED);

            assertEquals(
                    "DeadlineExceeded",
                    find(simulated, "code-linux-1").trouble().orElseThrow().reason());
        }
    }

    @Test
    void tellsTheObserverAndCountsPeaks() throws IOException {
        var told = new CopyOnWriteArrayList<String>();
        var observer =
                new KubernetesObserver() {
                    @Override
                    public void podCreated(String org, String runner, String job, Instant at) {
                        told.add("created " + org + " " + runner + " " + job);
                    }

                    @Override
                    public void podTerminal(String org, String runner) {
                        told.add("terminal " + org + " " + runner);
                    }

                    @Override
                    public void podGone(String org, String runner) {
                        told.add("gone " + org + " " + runner);
                    }
                };
        try (var simulated = new Simulated(fast(ghes.url()).withObserver(observer))) {
            ghes.jobMillis.add(1);
            String runner = simulated.start(1, "config-1").runner();
            await(simulated, runner, PodPhase.SUCCEEDED);
            simulated.pods.delete(runner);

            assertEquals(
                    "[created acme code-linux-1 1, terminal acme code-linux-1,"
                            + " gone acme code-linux-1]",
                    told.toString());
            var state = simulated.state();
            assertEquals(0, state.getInteger("podsActive"));
            assertEquals(1, state.getInteger("created"));
            assertEquals(1, state.getInteger("peakPods"));
            assertEquals(1, state.getJsonObject("peakPerOrganization").getInteger("max"));
        }
    }

    @Test
    void carriesFourHundredPodsAtOnce() throws IOException {
        try (var simulated = new Simulated(fast(ghes.url()))) {
            for (int job = 1; job <= 400; job++) {
                simulated.start(job, "config-" + job);
            }
            Eventually.is("all run", () -> simulated.state().getInteger("podsRunning") == 400);
            int threads = ManagementFactory.getThreadMXBean().getThreadCount();
            assertTrue(threads < 100, "platform threads: " + threads);
            assertEquals(400, simulated.state().getInteger("peakPods"));

            for (int job = 1; job <= 400; job++) {
                ghes.jobMillis.add(20);
            }

            Eventually.is("all end", () -> simulated.state().getInteger("podsActive") == 0);
            assertEquals(400, ghes.done.size());
            for (PodState pod : simulated.pods.list()) {
                assertFalse(simulated.pods.delete(pod.runner()) == Deletion.TERMINATING);
            }
            Eventually.is("secrets gone", () -> simulated.state().getInteger("secrets") == 0);
        }
    }

    private static PodState find(Simulated simulated, String runner) {
        return simulated.pods.find(runner).orElseThrow();
    }

    private static void await(Simulated simulated, String runner, PodPhase phase) {
        Eventually.is(runner + " is " + phase, () -> find(simulated, runner).phase() == phase);
    }

    private static void awaitTrouble(Simulated simulated, String runner, Trouble trouble) {
        Eventually.is(
                runner + " has " + trouble,
                () -> find(simulated, runner).trouble().equals(Optional.of(trouble)));
    }
}
