package dev.jitney.core.ledger;

import static dev.jitney.core.ledger.Story.LIMIT;
import static dev.jitney.core.ledger.Story.NOW;
import static dev.jitney.core.ledger.Story.id;
import static dev.jitney.core.ledger.Story.job;
import static dev.jitney.core.ledger.Story.place;
import static dev.jitney.core.ledger.Story.runner;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.core.Held;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The life of a lease: written before the runner exists, gone after it. */
class LeasingTest {
    private static final Backoff BACKOFF =
            new Backoff(Duration.ofSeconds(10), Duration.ofSeconds(25));

    private final Story story = new Story();

    private Leasing granted(long job) {
        return story.step(ledger -> Leasing.granted(ledger, place(job(job)), LIMIT, NOW));
    }

    private Optional<Lease> refused(WaitingJob job) {
        return story.step(
                ledger ->
                        Leasing.refused(ledger, job.runner(), Held.GHES_ERROR, BACKOFF, NOW, NOW));
    }

    private Optional<Lease> released(long job) {
        return released(job, NOW);
    }

    private Optional<Lease> released(long job, Instant told) {
        return story.step(ledger -> Leasing.released(ledger, runner(job), told, NOW));
    }

    /** After a loss of the store a job may get a runner of a name that it had before. */
    @Test
    void whatWasToldLongBeforeALeaseStood_isNotAboutIt() {
        story.started(1);
        OrgLedger before = story.ledger;
        Instant earlier = story.lease(1).since().minusSeconds(31);

        assertEquals(Optional.empty(), released(1, earlier));
        assertSame(before, story.ledger);
        assertEquals(
                Optional.empty(),
                story.step(
                        ledger ->
                                Leasing.refused(
                                        ledger,
                                        runner(1),
                                        Held.GHES_ERROR,
                                        BACKOFF,
                                        earlier,
                                        NOW)));

        assertTrue(released(1, earlier.plusSeconds(2)).isPresent(), "clocks differ a little");
    }

    @Test
    void aPlaceBecomesALease_andTheJobLeavesTheBacklog() {
        story.waiting(1);

        assertInstanceOf(Leasing.Leased.class, granted(1));

        assertEquals("REQUESTED 1", story.runnerOf(1));
        assertEquals(List.of(), story.backlog());
    }

    @Test
    void aPlaceThatIsConfirmedTwice_isOneLease() {
        story.requested(1);
        OrgLedger before = story.ledger;

        assertEquals(new Leasing.Leased(story.lease(1)), granted(1));

        assertSame(before, story.ledger);
    }

    @Test
    void aPlaceForAJobThatWaitsNoMore_isGivenBack() {
        assertEquals(new Leasing.Unneeded(), granted(1));
    }

    @Test
    void thePlaceOfAnOrganizationAtItsLimit_isGivenBack() {
        story.requested(1, 2, 3).waiting(4);

        assertEquals(new Leasing.AtLimit(), granted(4));

        assertEquals(LIMIT, story.ledger.leases().size());
    }

    @Test
    void aRunnerThatExists_isStarted_andOneThatIsBusyAlreadyStaysSo() {
        story.busy(1);

        var lease = story.step(ledger -> Leasing.started(ledger, runner(1), NOW));

        assertEquals(LeaseState.BUSY, lease.orElseThrow().state());
    }

    @Test
    void aRunnerThatNobodyHasALeaseFor_mustNotStay() {
        assertEquals(
                Optional.empty(), story.step(ledger -> Leasing.started(ledger, runner(1), NOW)));
    }

    @Test
    void aRefusedRunner_letsItsJobWaitLongerEachTime_withItsAge_underANewName() {
        story.requested(1);

        refused(job(1));
        WaitingJob once = story.ledger.waiting(id(1)).orElseThrow();
        assertEquals(NOW.plusSeconds(10), once.notBefore());
        assertEquals("small-1-2", once.runner().value());
        assertEquals(job(1).createdAt(), once.createdAt());

        var _ = story.step(ledger -> Leasing.granted(ledger, place(once), LIMIT, NOW));
        refused(once);
        WaitingJob twice = story.ledger.waiting(id(1)).orElseThrow();
        assertEquals(NOW.plusSeconds(20), twice.notBefore());

        var _ = story.step(ledger -> Leasing.granted(ledger, place(twice), LIMIT, NOW));
        refused(twice);
        assertEquals(NOW.plusSeconds(25), story.ledger.waiting(id(1)).orElseThrow().notBefore());
    }

    @Test
    void aRunnerThatWasGivenUp_isMadeByNobody_andItsJobWaitsLonger_untilTheRefusalFreesThePlace() {
        story.requested(1);

        for (int repeated = 0; repeated < 2; repeated++) {
            Optional<Lease> retiring =
                    story.step(
                            ledger ->
                                    Leasing.givenUp(
                                            ledger, runner(1), Held.GHES_ERROR, BACKOFF, NOW));
            assertEquals(LeaseState.RETIRING, retiring.orElseThrow().state());
            assertEquals(
                    NOW.plusSeconds(10), story.ledger.waiting(id(1)).orElseThrow().notBefore());
        }

        refused(job(1));
        assertEquals(Map.of(), story.ledger.leases());
        assertEquals(NOW.plusSeconds(10), story.ledger.waiting(id(1)).orElseThrow().notBefore());
    }

    @Test
    void aRefusalThatCameLate_doesNotHarmARunnerThatWorks() {
        story.busy(1);

        assertEquals(Optional.empty(), refused(job(1)));

        assertEquals("BUSY 1", story.runnerOf(1));
    }

    @Test
    void aRunnerThatEndedWithoutAJob_letsItsJobWaitAgain() {
        story.started(1);

        assertEquals(true, released(1).isPresent());

        assertEquals(List.of(id(1)), story.backlog());
        assertEquals(Map.of(), story.ledger.leases());
        assertEquals(Optional.empty(), released(1));
    }

    @Test
    void aRunnerThatEndedWithItsJob_leavesNothing() {
        story.busy(1);
        released(1);

        assertEquals(List.of(), story.backlog());
        assertEquals(Map.of(), story.ledger.leases());
    }

    @Test
    void aRunnerThatGithubWouldNotLetGo_isKeptForTheOldestThatWaits() {
        story.started(1).finished(1).waiting(3, 2);

        var _ = story.step(ledger -> Leasing.kept(ledger, runner(1), NOW)).orElseThrow();

        assertEquals("STARTED 2", story.runnerOf(1));
        assertEquals(List.of(id(3)), story.backlog());
    }

    @Test
    void aRunnerThatGithubWouldNotLetGo_goesOnRetiring_whereNobodyWaits() {
        story.started(1).finished(1);

        var _ = story.step(ledger -> Leasing.kept(ledger, runner(1), NOW)).orElseThrow();

        assertEquals("RETIRING 1", story.runnerOf(1));
    }

    @Test
    void aRunnerThatIsGivenUp_keepsItsPlace_andItsJobWaitsAgain() {
        story.started(1);

        var _ = story.step(ledger -> Leasing.abandoned(ledger, runner(1), NOW)).orElseThrow();

        assertEquals(LeaseState.RETIRING, story.lease(1).state());
        assertEquals(List.of(id(1)), story.backlog());
    }

    @Test
    void aRunnerGivenUpRetires_andItsJobWaitsForTheBackoff_asOldAsBefore() {
        story.requested(1);

        var given =
                story.step(
                        ledger ->
                                Leasing.givenUp(
                                        ledger, runner(1), Held.KUBERNETES_ERROR, BACKOFF, NOW));

        assertEquals(LeaseState.RETIRING, given.orElseThrow().state());
        WaitingJob again = story.ledger.waiting(id(1)).orElseThrow();
        assertEquals(job(1).createdAt(), again.createdAt());
        assertEquals(NOW.plusSeconds(10), again.notBefore());
        assertEquals(Held.KUBERNETES_ERROR, again.held());
        assertEquals(job(1).requeued().runner(), again.runner());
    }

    @Test
    void aRunnerGivenUpTwice_waitsNoLonger() {
        story.requested(1);
        var _ = story.step(ledger -> givenUp(ledger, NOW));
        OrgLedger before = story.ledger;

        var _ = story.step(ledger -> givenUp(ledger, NOW.plusSeconds(5)));

        assertSame(before, story.ledger);
    }

    private static Step<OrgLedger, Optional<Lease>> givenUp(OrgLedger ledger, Instant now) {
        return Leasing.givenUp(ledger, runner(1), Held.KUBERNETES_ERROR, BACKOFF, now);
    }
}
