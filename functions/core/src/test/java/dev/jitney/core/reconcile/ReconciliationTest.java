package dev.jitney.core.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jitney.core.Held;
import dev.jitney.core.JobId;
import dev.jitney.core.Organization;
import dev.jitney.core.OrganizationPattern;
import dev.jitney.core.Overrides;
import dev.jitney.core.Policy;
import dev.jitney.core.RunnerClass;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.RunnerName;
import dev.jitney.core.ledger.ClusterLedger;
import dev.jitney.core.ledger.Lease;
import dev.jitney.core.ledger.LeaseState;
import dev.jitney.core.ledger.LineEntry;
import dev.jitney.core.ledger.OrgLedger;
import dev.jitney.core.ledger.Place;
import dev.jitney.core.ledger.Standing;
import dev.jitney.core.ledger.WaitingJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One test per row: the state of a lease, how long it has lasted, the pod, and what follows. */
class ReconciliationTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final Organization ORG = new Organization("octo");
    private static final RunnerClassName SMALL = new RunnerClassName("small");
    private static final RunnerName RUNNER = new RunnerName("small-1");
    private static final JobId JOB = new JobId(1);
    private static final Patience PATIENCE =
            new Patience(
                    Duration.ofSeconds(45),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(21),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(61));

    private Reconciliation reconciliation =
            with(new Policy(5, 2, List.of(RunnerClass.of("small", "small"))));

    private static Reconciliation with(Policy policy) {
        return new Reconciliation(policy, PATIENCE);
    }

    private enum Pod {
        MISSING,
        ALIVE,
        ENDED
    }

    private static WaitingJob job(long id) {
        return WaitingJob.first(new JobId(id), SMALL, "octo/app", NOW.minusSeconds(100));
    }

    private static @Nullable PodSeen pod(Pod pod, int age) {
        return pod == Pod.MISSING
                ? null
                : new PodSeen(RUNNER, "uid", ORG, "small", pod == Pod.ENDED, NOW.minusSeconds(age));
    }

    private static OrgLedger ledger(List<WaitingJob> backlog, Map<RunnerName, Lease> leases) {
        return new OrgLedger(ORG, 1, backlog, leases, Map.of(), Map.of());
    }

    private static ClusterLedger cluster(Map<RunnerName, Place> places) {
        return new ClusterLedger(1, places, Map.of());
    }

    private static Place place(int age) {
        return new Place(RUNNER, ORG, SMALL, JOB, NOW.minusSeconds(age));
    }

    private List<String> repairs(
            ClusterLedger cluster,
            OrgLedger ledger,
            List<PodSeen> pods,
            Map<String, Long> counters) {
        return reconciliation
                .repairs(new Snapshot(NOW, cluster, List.of(ledger), pods, counters))
                .stream()
                .map(repair -> repair.getClass().getSimpleName() + " " + repair.reason())
                .toList();
    }

    /** The repairs of a lease that has been in a state for so many seconds, and its pod. */
    private List<String> after(LeaseState state, int seconds, Pod pod) {
        var lease = new Lease(RUNNER, job(1), state, NOW.minusSeconds(seconds));
        PodSeen seen = pod(pod, 100);
        return repairs(
                cluster(Map.of(RUNNER, place(100))),
                ledger(List.of(), Map.of(RUNNER, lease)),
                seen == null ? List.of() : List.of(seen),
                Map.of());
    }

    private static List<String> nothing() {
        return List.of();
    }

    private static List<String> takeBack(String reason) {
        return List.of("TakeBack " + reason);
    }

    @Test
    void requested_lately_isLeftToTheProvisioner() {
        assertEquals(nothing(), after(LeaseState.REQUESTED, 45, Pod.MISSING));
    }

    @Test
    void requested_longAgo_isRequestedAgain() {
        List<String> again = List.of("RequestAgain NOT_MADE");
        assertEquals(again, after(LeaseState.REQUESTED, 46, Pod.MISSING));
    }

    @Test
    void requested_longAgo_isNeverFreed_evenWhenItsPodHasEnded() {
        List<String> again = List.of("RequestAgain NOT_MADE");
        assertEquals(again, after(LeaseState.REQUESTED, 3600, Pod.ENDED));
        assertEquals(again, after(LeaseState.REQUESTED, 3600, Pod.ALIVE));
    }

    @Test
    void started_withItsPod_isAsItShouldBe_howeverLong() {
        assertEquals(nothing(), after(LeaseState.STARTED, 36_000, Pod.ALIVE));
    }

    @Test
    void started_lately_mayHaveAPodThatIsNotListedYet() {
        assertEquals(nothing(), after(LeaseState.STARTED, 20, Pod.MISSING));
    }

    @Test
    void started_withoutAPod_isTakenBack() {
        assertEquals(takeBack("POD_GONE"), after(LeaseState.STARTED, 21, Pod.MISSING));
    }

    @Test
    void started_withAPodThatHasEnded_isGivenUp_soThatItsJobWaitsLongerEachTime() {
        assertEquals(nothing(), after(LeaseState.STARTED, 20, Pod.ENDED));
        assertEquals(List.of("GiveUp POD_ENDED"), after(LeaseState.STARTED, 21, Pod.ENDED));
    }

    @Test
    void busy_withItsPod_isAsItShouldBe_howeverLong() {
        assertEquals(nothing(), after(LeaseState.BUSY, 36_000, Pod.ALIVE));
    }

    @Test
    void busy_withAPodThatEndedJustNow_waitsForItsCompleted() {
        assertEquals(nothing(), after(LeaseState.BUSY, 20, Pod.ENDED));
    }

    @Test
    void busy_withoutAPod_isTakenBack() {
        assertEquals(takeBack("POD_GONE"), after(LeaseState.BUSY, 21, Pod.MISSING));
    }

    @Test
    void busy_withAPodThatHasEnded_isTakenBack() {
        assertEquals(takeBack("POD_ENDED"), after(LeaseState.BUSY, 21, Pod.ENDED));
    }

    @Test
    void ending_lately_isLeftToTheCleanup() {
        assertEquals(nothing(), after(LeaseState.ENDING, 20, Pod.MISSING));
        assertEquals(nothing(), after(LeaseState.ENDING, 21, Pod.ALIVE));
    }

    @Test
    void ending_withoutAPod_isTakenBack() {
        assertEquals(takeBack("POD_GONE"), after(LeaseState.ENDING, 21, Pod.MISSING));
        assertEquals(takeBack("POD_ENDED"), after(LeaseState.ENDING, 21, Pod.ENDED));
    }

    @Test
    void ending_withAPodThatLivesOn_isTakenBack() {
        assertEquals(takeBack("STILL_LEAVING"), after(LeaseState.ENDING, 22, Pod.ALIVE));
    }

    @Test
    void retiring_withoutAPod_keepsItsPlace_asLongAsARequestMayBeAtWork() {
        assertEquals(nothing(), after(LeaseState.RETIRING, 60, Pod.MISSING));
        assertEquals(takeBack("POD_GONE"), after(LeaseState.RETIRING, 61, Pod.MISSING));
    }

    @Test
    void retiring_withAPod_isTakenBackSooner() {
        assertEquals(nothing(), after(LeaseState.RETIRING, 21, Pod.ALIVE));
        assertEquals(takeBack("STILL_LEAVING"), after(LeaseState.RETIRING, 22, Pod.ALIVE));
        assertEquals(takeBack("POD_ENDED"), after(LeaseState.RETIRING, 22, Pod.ENDED));
    }

    private List<String> placeWithoutLease(int age) {
        return repairs(
                cluster(Map.of(RUNNER, place(age))),
                ledger(List.of(), Map.of()),
                List.of(),
                Map.of());
    }

    @Test
    void aPlaceWithoutALease_isConfirmedWhenItHasLasted() {
        assertEquals(nothing(), placeWithoutLease(10));
        assertEquals(List.of("ConfirmPlace PLACE_WITHOUT_LEASE"), placeWithoutLease(11));
    }

    @Test
    void aPlaceOfAnOrganizationWithoutALedger_isConfirmedToo() {
        var seen =
                new Snapshot(
                        NOW, cluster(Map.of(RUNNER, place(11))), List.of(), List.of(), Map.of());
        assertEquals(List.of(new Repair.ConfirmPlace(place(11))), reconciliation.repairs(seen));
    }

    private List<String> podWithoutLease(Pod pod, int age) {
        PodSeen seen = pod(pod, age);
        return repairs(
                ClusterLedger.EMPTY,
                ledger(List.of(), Map.of()),
                seen == null ? List.of() : List.of(seen),
                Map.of());
    }

    @Test
    void aPodWithoutALease_isAdoptedOrRemovedWhenItHasLasted() {
        assertEquals(nothing(), podWithoutLease(Pod.ALIVE, 61));
        assertEquals(List.of("Adopt POD_WITHOUT_LEASE"), podWithoutLease(Pod.ALIVE, 62));
        assertEquals(nothing(), podWithoutLease(Pod.ENDED, 61));
        assertEquals(List.of("RemoveStray POD_WITHOUT_LEASE"), podWithoutLease(Pod.ENDED, 62));
    }

    /** The place must not be given back while the runner that it stands for lives. */
    @Test
    void aPlaceWithoutALease_isKeptForThePodThatLives() {
        PodSeen alive = pod(Pod.ALIVE, 30);
        assertEquals(
                nothing(),
                repairs(
                        cluster(Map.of(RUNNER, place(30))),
                        ledger(List.of(), Map.of()),
                        alive == null ? List.of() : List.of(alive),
                        Map.of()));
    }

    private List<String> waiting(WaitingJob job, Map<Organization, Standing> line) {
        return repairs(
                new ClusterLedger(1, Map.of(), line),
                ledger(List.of(job), Map.of()),
                List.of(),
                Map.of());
    }

    private List<String> standing(int capacity) {
        reconciliation = with(new Policy(capacity, 2, List.of(RunnerClass.of("small", "small"))));
        WaitingJob job = job(1);
        var entry = new LineEntry(job.id(), SMALL, job.createdAt(), job.runner());
        return waiting(job, Map.of(ORG, new Standing(1, List.of(entry))));
    }

    @Test
    void aJobThatStandsInLineWhileTheClusterIsFull_isAsItShouldBe() {
        assertEquals(nothing(), standing(0));
    }

    @Test
    void aLineWithRoomInTheCluster_isServed() {
        assertEquals(List.of("ServeLine LINE_NOT_SERVED"), standing(1));
    }

    @Test
    void aJobOfAFrozenOrganization_doesNotStand_andStandsAgainAfterwards() {
        var frozen =
                new Overrides(
                        false,
                        List.of(),
                        List.of(),
                        List.of(OrganizationPattern.of(ORG)),
                        List.of(),
                        Map.of(),
                        Map.of());
        Policy plain = new Policy(5, 2, List.of(RunnerClass.of("small", "small")));
        reconciliation = with(new Policy(5, 2, plain.classes(), frozen));
        assertEquals(nothing(), waiting(job(1), Map.of()));

        reconciliation = with(plain);
        assertEquals(List.of("StandAgain NOT_IN_LINE"), waiting(job(1), Map.of()));
    }

    @Test
    void aJobThatShouldStandInLine_andDoesNot_standsAgain() {
        assertEquals(List.of("StandAgain NOT_IN_LINE"), waiting(job(1), Map.of()));
    }

    @Test
    void aJobWhoseBackoffIsNotOver_doesNotStand() {
        WaitingJob first = job(1);
        WaitingJob later =
                new WaitingJob(
                        first.id(),
                        SMALL,
                        first.repository(),
                        first.createdAt(),
                        1,
                        1,
                        NOW.plusSeconds(1),
                        Held.GHES_ERROR);
        assertEquals(nothing(), waiting(later, Map.of()));
    }

    @Test
    void aJobOfAnOrganizationAtItsLimit_doesNotStand() {
        Map<RunnerName, Lease> leases = Map.of(RUNNER, busy(1), new RunnerName("small-2"), busy(2));
        var places =
                Map.of(
                        RUNNER,
                        place(5),
                        new RunnerName("small-2"),
                        new Place(new RunnerName("small-2"), ORG, SMALL, new JobId(2), NOW));
        assertEquals(
                nothing(),
                repairs(cluster(places), ledger(List.of(job(3)), leases), List.of(), Map.of()));
    }

    private static Lease busy(long id) {
        return new Lease(job(id).runner(), job(id), LeaseState.BUSY, NOW);
    }

    @Test
    void aCounterThatIsRight_isLeftAlone() {
        Map<String, Long> right = Map.of("cluster", 1L, "class/small", 1L, "org/octo", 1L);
        assertEquals(nothing(), counted(right));
    }

    @Test
    void aCounterThatDiffersFromTheLedgers_isSetRight() {
        List<String> corrected = List.of("CorrectCounter COUNTER_DIFFERS");
        assertEquals(corrected, counted(Map.of("cluster", 0L)));
        assertEquals(corrected, counted(Map.of("class/small", 2L)));
        assertEquals(corrected, counted(Map.of("org/octo", 3L)));
    }

    @Test
    void aCounterOfWhatHasNothing_isSetToZero() {
        var repair =
                reconciliation.repairs(
                        new Snapshot(
                                NOW,
                                ClusterLedger.EMPTY,
                                List.of(),
                                List.of(),
                                Map.of("org/gone", 4L)));
        assertEquals(List.of(new Repair.CorrectCounter("org/gone", 4, 0)), repair);
    }

    private List<String> counted(Map<String, Long> counters) {
        return repairs(
                cluster(Map.of(RUNNER, place(5))),
                ledger(List.of(), Map.of(RUNNER, busy(1))),
                List.of(),
                counters);
    }
}
