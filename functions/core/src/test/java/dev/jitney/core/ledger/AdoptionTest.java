package dev.jitney.core.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.core.JobId;
import dev.jitney.core.Organization;
import dev.jitney.core.Policy;
import dev.jitney.core.RunnerClass;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.RunnerName;
import dev.jitney.core.reconcile.LiveRunner;
import dev.jitney.core.reconcile.LiveRunner.Progress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AdoptionTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final Organization ORG = new Organization("acme");
    private static final RunnerClassName SMALL = new RunnerClassName("small");
    private static final Policy POLICY =
            new Policy(2, 2, List.of(RunnerClass.of("small", "small")));

    private static LiveRunner runner(String name, Progress progress) {
        RunnerName runner = new RunnerName(name);
        RunnerName.Origin origin = runner.origin(SMALL).orElseThrow();
        return new LiveRunner(
                runner,
                ORG,
                SMALL,
                origin.job(),
                origin.generation(),
                "acme/r",
                NOW,
                NOW,
                progress);
    }

    private static OrgLedger adopt(OrgLedger ledger, LiveRunner runner) {
        return Adoption.adopted(ledger, runner.lease(NOW), NOW).next();
    }

    private static WaitingJob job(long id) {
        return WaitingJob.first(new JobId(id), SMALL, "acme/r", NOW);
    }

    private static OrgLedger queued(OrgLedger ledger, long id) {
        return JobQueued.queued(ledger, job(id), NOW).next();
    }

    /** It would be granted the same place again, and a free one would stay free. */
    @Test
    void whoIsCountedStandsInLineNoMore() {
        LineEntry counted = LineEntry.of(job(7));
        LineEntry waiting = LineEntry.of(job(8));
        var lost =
                new ClusterLedger(
                        1,
                        new Rebuild.Begun(NOW),
                        Map.of(),
                        Map.of(ORG, new Standing(1, List.of(counted, waiting))),
                        Map.of());
        var place = new Place(counted.runner(), ORG, SMALL, counted.job(), NOW);

        ClusterLedger opened = Adoption.opened(lost, List.of(place));

        assertEquals(Map.of(ORG, new Standing(1, List.of(waiting))), opened.line());
        assertEquals(
                Map.of(),
                Adoption.opened(
                                new ClusterLedger(
                                        1,
                                        new Rebuild.Begun(NOW),
                                        Map.of(),
                                        Map.of(ORG, new Standing(1, List.of(counted))),
                                        Map.of()),
                                List.of(place))
                        .line());
    }

    @ParameterizedTest
    @CsvSource({
        "UNMADE, REQUESTED",
        "MAY_TAKE_ONE, STARTED",
        "RUNS_ITS_JOB, BUSY",
        "UNNEEDED, RETIRING"
    })
    void aLiveRunnerIsLeasedAsFarAsItHasCome(Progress progress, LeaseState state) {
        OrgLedger ledger = adopt(OrgLedger.empty(ORG), runner("small-7-3", progress));

        Lease lease = ledger.lease(new RunnerName("small-7-3")).orElseThrow();
        assertEquals(state, lease.state());
        assertEquals(new JobId(7), lease.job().id());
        assertEquals(new RunnerName("small-7-3"), lease.job().runner(), "the next is another one");
    }

    /** Names that were used up since the pod was made are in no ledger any more. */
    @Test
    void theJobOfARunnerThatWasFoundGetsNoNameAgain() {
        Lease found = runner("small-7-3", Progress.MAY_TAKE_ONE).lease(NOW.plusSeconds(40));

        assertEquals(new RunnerName("small-7-3"), found.runner());
        assertEquals(new RunnerName("small-7-43"), found.job().runner());
    }

    @Test
    void adoptingTwiceChangesNothing() {
        OrgLedger once = adopt(OrgLedger.empty(ORG), runner("small-7", Progress.MAY_TAKE_ONE));

        assertSame(once, adopt(once, runner("small-7", Progress.RUNS_ITS_JOB)));
    }

    @Test
    void aJobIsInOnePlaceOnly() {
        OrgLedger waiting = queued(OrgLedger.empty(ORG), 7);
        OrgLedger ended =
                Binding.foreign(OrgLedger.empty(ORG), new JobId(7), NOW).next(); // lease unknown

        for (OrgLedger before : List.of(waiting, ended)) {
            OrgLedger after = adopt(before, runner("small-7", Progress.RUNS_ITS_JOB));
            assertTrue(after.waiting(new JobId(7)).isEmpty());
            assertFalse(after.isFinished(new JobId(7)));
            assertTrue(after.leaseServing(new JobId(7)).isPresent());
        }
    }

    /** The runner may have taken another: the end of its own is not to be forgotten for that. */
    @Test
    void aRunnerThatMayWorkForAnotherBringsNoEndedJobBack() {
        JobId seven = new JobId(7);
        OrgLedger ended =
                Completion.completed(OrgLedger.empty(ORG), job(7), Optional.empty(), NOW).next();

        OrgLedger after = adopt(ended, runner("small-7", Progress.MAY_TAKE_ONE));
        OrgLedger released = Leasing.released(after, new RunnerName("small-7"), NOW, NOW).next();

        assertTrue(after.isFinished(seven));
        assertEquals(
                LeaseState.RETIRING, after.lease(new RunnerName("small-7")).orElseThrow().state());
        assertTrue(released.waiting(seven).isEmpty());
    }

    @Test
    void theSecondRunnerOfAJobRetires() {
        OrgLedger first = adopt(OrgLedger.empty(ORG), runner("small-7", Progress.RUNS_ITS_JOB));

        OrgLedger both = adopt(first, runner("small-7-2", Progress.MAY_TAKE_ONE));

        assertEquals(
                LeaseState.RETIRING, both.lease(new RunnerName("small-7-2")).orElseThrow().state());
    }

    @Test
    void aJobThatStillWaitsGetsAnotherNameThanTheRunnerThatLeaves() {
        OrgLedger ledger =
                adopt(queued(OrgLedger.empty(ORG), 7), runner("small-7", Progress.UNNEEDED));

        assertEquals(
                new RunnerName("small-7-2"), ledger.waiting(new JobId(7)).orElseThrow().runner());
    }

    @Test
    void nothingIsGrantedUntilTheLedgerIsOpen() {
        OrgLedger ledger = queued(OrgLedger.empty(ORG), 8);
        Standing standing = new Standing(ledger.revision(), ledger.line(2, NOW));
        Turn turn = Turn.of(Optional.empty(), ORG, standing);

        Step<ClusterLedger, List<Place>> shut = turn.take(ClusterLedger.LOST, POLICY, NOW);
        assertEquals(List.of(), shut.result());
        assertEquals(new Rebuild.Begun(NOW), shut.next().rebuild());
        assertSame(shut.next(), turn.take(shut.next(), POLICY, NOW.plusSeconds(9)).next(), "once");

        Place counted = runner("small-7", Progress.RUNS_ITS_JOB).place(NOW);
        ClusterLedger open = Adoption.opened(shut.next(), List.of(counted));
        assertEquals(Map.of(counted.runner(), counted), open.places());
        assertSame(open, Adoption.opened(open, List.of()), "what was counted late is not added");
        Step<ClusterLedger, List<Place>> served = turn.take(open, POLICY, NOW);
        assertEquals(List.of(new RunnerName("small-8")), runners(served.result()));
    }

    private static List<RunnerName> runners(List<Place> places) {
        return places.stream().map(Place::runner).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "small, small-7, 7, 0",
        "small, small-7-2, 7, 1",
        "small-7, small-7-2, 2, 0",
        "small, large-7, , ",
        "small, small-x, , ",
        "small, small-0, , "
    })
    void aNameTellsWhatItWasMadeFrom(String runnerClass, String name, Long job, Integer nth) {
        assertEquals(
                job == null
                        ? Optional.empty()
                        : Optional.of(new RunnerName.Origin(new JobId(job), nth)),
                new RunnerName(name).origin(new RunnerClassName(runnerClass)));
    }
}
