package dev.jitney.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.core.reconcile.NodeSeen;
import dev.jitney.core.reconcile.PodStage;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Statuses as kubelets write them. Created at 09:00:00, placed at 09:00:10. */
final class PodStagesTest {
    private static final String PLACED =
            """
            - {type: PodScheduled, status: "True", lastTransitionTime: "2026-03-02T09:00:10Z"}
            """;
    private static final String WAITING_RUNNER =
            "containerStatuses: [{name: runner, state: {waiting: {reason: PodInitializing}}}]\n";

    @Test
    void aNewPodIsStarting() {
        assertStage(PodStage.STARTING, 0, "phase: Pending");
    }

    @Test
    void aPodWithoutRoom() {
        assertStage(
                PodStage.UNSCHEDULABLE,
                5,
                """
                phase: Pending
                conditions:
                - {type: PodScheduled, status: "False", reason: Unschedulable, lastTransitionTime: "2026-03-02T09:00:05Z"}
                """);
    }

    @Test
    void anImageThatCannotBePulled_ofWhicheverContainer() {
        for (String reason :
                new String[] {"ErrImagePull", "ImagePullBackOff", "InvalidImageName"}) {
            assertStage(
                    PodStage.IMAGE_ERROR,
                    10,
                    "phase: Pending\nconditions:\n"
                            + PLACED
                            + "initContainerStatuses: [{name: dind, state: {waiting: {reason: "
                            + reason
                            + "}}}]\n"
                            + WAITING_RUNNER);
        }
        assertStage(
                PodStage.IMAGE_ERROR,
                10,
                "phase: Pending\nconditions:\n"
                        + PLACED
                        + "initContainerStatuses: [{name: dind, started: true, state: {running: {}}}]\n"
                        + "containerStatuses: [{name: runner, state: {waiting: {reason: ErrImagePull}}}]");
    }

    @Test
    void aContainerThatPreparesThePodFailed() {
        String failed =
                """
                initContainerStatuses:
                - {name: init-dind-externals, state: {terminated: {reason: Error, exitCode: 1}}}
                """;
        assertStage(
                PodStage.INIT_FAILED,
                10,
                "phase: Pending\nconditions:\n" + PLACED + failed + WAITING_RUNNER);
        assertStage(PodStage.INIT_FAILED, 0, "phase: Failed\n" + failed + WAITING_RUNNER);
    }

    @Test
    void aDaemonThatRunsAndDoesNotAnswer() {
        assertStage(
                PodStage.DOCKER_NOT_READY,
                20,
                "phase: Pending\nconditions:\n"
                        + PLACED
                        + """
                        initContainerStatuses:
                        - {name: init-dind-externals, state: {terminated: {reason: Completed, exitCode: 0}}}
                        - {name: dind, started: false, restartCount: 0, state: {running: {startedAt: "2026-03-02T09:00:20Z"}}}
                        """
                        + WAITING_RUNNER);
    }

    @Test
    void aDaemonThatIsRestartedAllTheTime_isCountedFromTheFirstStart() {
        assertStage(
                PodStage.DOCKER_NOT_READY,
                10,
                "phase: Pending\nconditions:\n"
                        + PLACED
                        + """
                        initContainerStatuses:
                        - {name: dind, started: false, restartCount: 3, state: {waiting: {reason: CrashLoopBackOff}}}
                        """
                        + WAITING_RUNNER);
    }

    @Test
    void aSecretThatDoesNotCome() {
        assertStage(
                PodStage.STARTING,
                10,
                "phase: Pending\nconditions:\n"
                        + PLACED
                        + "initContainerStatuses: [{name: dind, started: true, state: {running: {}}}]\n"
                        + "containerStatuses: [{name: runner, state: {waiting: {reason: CreateContainerConfigError}}}]");
    }

    @Test
    void aRunnerThatRuns_andOneThatHasEnded() {
        String daemon =
                "initContainerStatuses: [{name: dind, started: true, state: {running: {}}}]\n";
        assertStage(
                PodStage.RUNNING,
                10,
                "phase: Running\nconditions:\n"
                        + PLACED
                        + daemon
                        + "containerStatuses: [{name: runner, state: {running: {}}}]");
        assertStage(
                PodStage.RUNNER_FINISHED,
                30,
                "phase: Running\nconditions:\n"
                        + PLACED
                        + daemon
                        + "containerStatuses: [{name: runner, state: {terminated:"
                        + " {exitCode: 0, finishedAt: \"2026-03-02T09:00:30Z\"}}}]");
    }

    @Test
    void aNodeThatDoesNotReport() {
        assertStage(PodStage.NODE_LOST, 0, "phase: Unknown");
        assertStage(
                PodStage.NODE_LOST,
                40,
                """
                phase: Running
                conditions:
                - {type: Ready, status: "False", reason: NodeLost, lastTransitionTime: "2026-03-02T09:00:40Z"}
                """);
        assertStage(PodStage.NODE_LOST, 0, "{phase: Running, reason: NodeLost}");
    }

    @Test
    void aPodThatEnded() {
        assertStage(
                PodStage.ENDED,
                0,
                """
                phase: Failed
                reason: Evicted
                initContainerStatuses: [{name: dind, state: {terminated: {exitCode: 143}}}]
                containerStatuses: [{name: runner, state: {terminated: {exitCode: 143, startedAt: "2026-03-02T09:00:30Z"}}}]
                """);
    }

    @Test
    void aDeletedPodSaysUntilWhen_andWhetherOnlyAFinalizerHoldsIt() {
        String ended =
                """
                phase: Running
                initContainerStatuses: [{name: dind, state: {terminated: {exitCode: 143}}}]
                containerStatuses: [{name: runner, state: {terminated: {exitCode: 143}}}]
                """;
        PodState held = state("deletionTimestamp: \"2026-03-02T09:02:00Z\"", ended);
        assertEquals(
                Optional.of(Instant.parse("2026-03-02T09:02:00Z")), held.course().deletionDue());
        assertTrue(held.terminal(), "nothing runs in it");
        assertFalse(state("uid: a", ended).terminal(), "nobody deletes it");

        String runs = ended.replace("terminated: {exitCode: 143}}}]\n", "running: {}}}]\n");
        assertFalse(state("deletionTimestamp: \"2026-03-02T09:02:00Z\"", runs).terminal());
    }

    @Test
    void theNodeIsTheOneItIsOn() {
        PodState pod = state("uid: a", "phase: Running");
        assertEquals("node-1", pod.node());
        assertEquals(NodeSeen.UNKNOWN, pod.course().node());
        assertEquals(NodeSeen.GONE, pod.on(NodeSeen.GONE).course().node());
    }

    private static void assertStage(PodStage stage, int second, String status) {
        var course = state("uid: a", status).course();
        assertEquals(stage, course.stage(), status);
        assertEquals(
                Instant.parse("2026-03-02T09:00:00Z").plusSeconds(second), course.since(), status);
    }

    private static PodState state(String metadata, String status) {
        String yaml =
                "apiVersion: v1\nkind: Pod\nmetadata:\n  name: code-linux-1\n"
                        + "  creationTimestamp: \"2026-03-02T09:00:00Z\"\n"
                        + metadata.indent(2)
                        + "spec: {nodeName: node-1}\nstatus:\n"
                        + status.indent(2);
        return PodState.of(Serialization.unmarshal(yaml, Pod.class));
    }
}
