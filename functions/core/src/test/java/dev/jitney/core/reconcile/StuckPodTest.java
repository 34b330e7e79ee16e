package dev.jitney.core.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jitney.core.JobId;
import dev.jitney.core.Organization;
import dev.jitney.core.Policy;
import dev.jitney.core.RunnerClass;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.RunnerName;
import dev.jitney.core.ledger.ClusterLedger;
import dev.jitney.core.ledger.Lease;
import dev.jitney.core.ledger.LeaseState;
import dev.jitney.core.ledger.OrgLedger;
import dev.jitney.core.ledger.Place;
import dev.jitney.core.ledger.WaitingJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Pods that stand still, each kind with a patience of its own: 1 s, 2 s, 3 s ... in their order.
 */
class StuckPodTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final Organization ORG = new Organization("octo");
    private static final RunnerClassName SMALL = new RunnerClassName("small");
    private static final RunnerName RUNNER = new RunnerName("small-1");

    private final Reconciliation reconciliation =
            new Reconciliation(
                    new Policy(5, 2, List.of(RunnerClass.of("small", "small"))),
                    Patience.STANDARD,
                    new PodPatience(
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(2),
                            Duration.ofSeconds(3),
                            Duration.ofSeconds(4),
                            Duration.ofSeconds(5),
                            Duration.ofSeconds(6),
                            Duration.ofSeconds(7),
                            Duration.ofSeconds(2000),
                            Duration.ofSeconds(8)));

    private static PodCourse course(PodStage stage, int seconds) {
        return new PodCourse(stage, NOW.minusSeconds(seconds), Optional.empty(), NodeSeen.UNKNOWN);
    }

    private static PodCourse deleted(PodStage stage, int overdue, NodeSeen node) {
        return new PodCourse(
                stage, NOW.minusSeconds(1000), Optional.of(NOW.minusSeconds(overdue)), node);
    }

    private List<String> repairs(Optional<LeaseState> lease, boolean ended, PodCourse course) {
        var job = WaitingJob.first(new JobId(1), SMALL, "octo/app", NOW.minusSeconds(2000));
        var pod = new PodSeen(RUNNER, "uid", ORG, "small", ended, NOW.minusSeconds(1000), course);
        // Old enough for STARTED and BUSY, and too young to be asked for or taken back again.
        var since = NOW.minusSeconds(lease.filter(LeaseState::isLeaving).isPresent() ? 5 : 1000);
        var leases =
                lease.map(state -> Map.of(RUNNER, new Lease(RUNNER, job, state, since)))
                        .orElse(Map.of());
        var places = Map.of(RUNNER, new Place(RUNNER, ORG, SMALL, job.id(), NOW));
        var ledger = new OrgLedger(ORG, 1, List.of(), leases, Map.of(), Map.of());
        var cluster = new ClusterLedger(1, leases.isEmpty() ? Map.of() : places, Map.of());
        return reconciliation
                .repairs(new Snapshot(NOW, cluster, List.of(ledger), List.of(pod), Map.of()))
                .stream()
                .map(
                        repair ->
                                repair instanceof Repair.RemovePod remove && remove.force()
                                        ? "Strike out " + repair.reason()
                                        : repair.getClass().getSimpleName() + " " + repair.reason())
                .toList();
    }

    private List<String> repairs(LeaseState lease, PodCourse course) {
        return repairs(Optional.of(lease), false, course);
    }

    @ParameterizedTest
    @CsvSource({
        "IMAGE_ERROR, 1, GiveUp IMAGE_ERROR",
        "UNSCHEDULABLE, 2, GiveUp UNSCHEDULABLE",
        "INIT_FAILED, 3, GiveUp INIT_FAILED",
        "DOCKER_NOT_READY, 4, GiveUp DOCKER_NOT_READY",
        "STARTING, 5, GiveUp NOT_STARTING",
        "RUNNER_FINISHED, 6, GiveUp RUNNER_FINISHED",
        "NODE_LOST, 7, GiveUp NODE_LOST"
    })
    void aRunnerWhosePodStandsStill_isGivenUpAfterThePatienceOfItsKind(
            PodStage stage, int patience, String repair) {
        assertEquals(List.of(), repairs(LeaseState.STARTED, course(stage, patience)));
        assertEquals(List.of(repair), repairs(LeaseState.STARTED, course(stage, patience + 1)));
    }

    @Test
    void aPodThatRuns_isNeverStuck() {
        assertEquals(List.of(), repairs(LeaseState.STARTED, course(PodStage.RUNNING, 900_000)));
    }

    @Test
    void aPodThatEndedBecauseItWasNotPrepared_saysSo() {
        assertEquals(
                List.of("GiveUp INIT_FAILED"),
                repairs(Optional.of(LeaseState.STARTED), true, course(PodStage.INIT_FAILED, 100)));
    }

    @ParameterizedTest
    @CsvSource({"UNSCHEDULABLE", "DOCKER_NOT_READY", "IMAGE_ERROR", "NODE_LOST", "RUNNING"})
    void aRunnerThatTookAJob_isLeftToGithub_whateverItsPodSays(PodStage stage) {
        assertEquals(List.of(), repairs(LeaseState.BUSY, course(stage, 500)));
    }

    @Test
    void aRunnerThatTookAJobAndHasFinished_isTakenBack() {
        assertEquals(List.of(), repairs(LeaseState.BUSY, course(PodStage.RUNNER_FINISHED, 6)));
        assertEquals(
                List.of("TakeBack RUNNER_FINISHED"),
                repairs(LeaseState.BUSY, course(PodStage.RUNNER_FINISHED, 7)));
    }

    @ParameterizedTest
    @CsvSource({"STARTED", "BUSY", "ENDING", "RETIRING"})
    void aDeletionThatIsOverdue_isRepeatedWithoutGrace(LeaseState state) {
        PodStage running = PodStage.RUNNING;
        assertEquals(List.of(), repairs(state, deleted(running, 8, NodeSeen.PRESENT)));
        assertEquals(
                List.of("RemovePod STUCK_TERMINATING"),
                repairs(state, deleted(running, 9, NodeSeen.PRESENT)));
        assertEquals(
                List.of("RemovePod STUCK_TERMINATING"),
                repairs(state, deleted(running, 9, NodeSeen.UNKNOWN)));
    }

    @ParameterizedTest
    @CsvSource({"STARTED", "BUSY", "ENDING", "RETIRING"})
    void aPodWhoseNodeIsGone_isStruckOut(LeaseState state) {
        assertEquals(
                List.of("Strike out NODE_LOST"),
                repairs(state, deleted(PodStage.RUNNING, 9, NodeSeen.GONE)));
        assertEquals(
                List.of("Strike out NODE_LOST"),
                repairs(state, course(PodStage.NODE_LOST, 8).on(NodeSeen.GONE)));
    }

    @Test
    void aPodOfANodeThatIsSilentForLong_isStruckOut() {
        assertEquals(
                List.of("Strike out NODE_LOST"),
                repairs(LeaseState.RETIRING, course(PodStage.NODE_LOST, 2001)));
    }

    @Test
    void aPodOfALostNode_isNotStruckOutWhileTheNodeMayReturn() {
        PodStage lost = PodStage.NODE_LOST;
        assertEquals(List.of(), repairs(LeaseState.RETIRING, deleted(lost, 999, NodeSeen.PRESENT)));
        assertEquals(List.of(), repairs(LeaseState.BUSY, deleted(lost, 999, NodeSeen.UNKNOWN)));
    }

    @Test
    void aPodWithoutALeaseWhoseDeletionIsOverdue_isRemovedLikeAnyOther() {
        assertEquals(
                List.of("RemovePod STUCK_TERMINATING"),
                repairs(Optional.empty(), false, deleted(PodStage.RUNNING, 9, NodeSeen.PRESENT)));
        assertEquals(
                List.of("Strike out NODE_LOST"),
                repairs(Optional.empty(), false, deleted(PodStage.RUNNING, 9, NodeSeen.GONE)));
    }

    @Test
    void aRequestedRunner_isNeverGivenUp_butAskedForAgain() {
        assertEquals(
                List.of("RequestAgain NOT_MADE"),
                repairs(LeaseState.REQUESTED, course(PodStage.IMAGE_ERROR, 500)));
    }
}
