package dev.jitney.reconciler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jitney.cloudevents.OutgoingEvent;
import dev.jitney.core.JobId;
import dev.jitney.core.Organization;
import dev.jitney.core.Policy;
import dev.jitney.core.RunnerClass;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.ledger.Admission;
import dev.jitney.core.ledger.Backoff;
import dev.jitney.core.ledger.Decision;
import dev.jitney.core.ledger.JobQueued;
import dev.jitney.core.ledger.Lease;
import dev.jitney.core.ledger.LeaseState;
import dev.jitney.core.ledger.Leasing;
import dev.jitney.core.ledger.Place;
import dev.jitney.core.ledger.WaitingJob;
import dev.jitney.core.reconcile.Reason;
import dev.jitney.core.reconcile.Repair;
import dev.jitney.ghes.JobStatus;
import dev.jitney.ghes.Runner;
import dev.jitney.ledger.InMemoryGates;
import dev.jitney.ledger.InMemoryLedgers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobCheckTest {
    private static final Organization ORG = new Organization("octo");
    private static final RunnerClassName SMALL = new RunnerClassName("small");
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final Instant OLD = NOW.minusSeconds(60);
    private static final JobId JOB = new JobId(7);

    private final FakeGhes ghes = new FakeGhes();
    private final InMemoryLedgers ledgers = InMemoryLedgers.opened();
    private final List<Decision> decisions = new ArrayList<>();
    private final CallBudget budget = new CallBudget(10);
    private final JobCheck check =
            new JobCheck(
                    ghes,
                    ledgers,
                    new MissedEvents(new ObjectMapper()),
                    new JobCheck.Ages(
                            Duration.ofSeconds(45),
                            Duration.ofMinutes(10),
                            Duration.ofMinutes(10),
                            Duration.ofMinutes(20),
                            Duration.ofMinutes(30)),
                    decisions::add);

    private void waits(Instant createdAt) {
        WaitingJob job = WaitingJob.first(JOB, SMALL, "octo/app", createdAt);
        ledgers.update(ORG, ledger -> JobQueued.queued(ledger, job, createdAt));
    }

    private void isLeased(Instant createdAt, Instant startedAt) {
        waits(createdAt);
        WaitingJob job = ledgers.read(ORG).waiting(JOB).orElseThrow();
        Place place = new Place(job.runner(), ORG, SMALL, JOB, createdAt);
        ledgers.update(ORG, ledger -> Leasing.granted(ledger, place, 10, createdAt));
        ledgers.update(ORG, ledger -> Leasing.started(ledger, job.runner(), startedAt));
    }

    private void isGated() {
        waits(OLD);
        ledgers.update(ORG, ledger -> JobQueued.gated(ledger, JOB, OLD));
    }

    private List<JobCheck.Doubt> doubts() {
        return check.doubts(ledgers.readAll(), NOW);
    }

    private Admission admission() {
        return new Admission(
                ledgers,
                new InMemoryGates(),
                new Policy(10, 10, List.of(RunnerClass.of("small", "small"))),
                Backoff.STANDARD,
                InstantSource.fixed(OLD),
                _ -> {});
    }

    private JobCheck.Answer ask(JobCheck.Doubt doubt, Instant now) {
        return check.ask(doubt, budget, now);
    }

    private Optional<String> missed() {
        return ask(doubts().getFirst(), NOW).event().map(OutgoingEvent::id);
    }

    private Optional<Reason> givenUp(Instant now) {
        return ask(doubts().getFirst(), now).repair().map(Repair::reason);
    }

    private Lease lease() {
        return ledgers.read(ORG).leases().values().iterator().next();
    }

    @Test
    void aJobThatWaitsForLongIsDoubted_aYoungOneIsNot() {
        waits(NOW.minusSeconds(44));
        assertEquals(List.of(), doubts());

        assertEquals(1, check.doubts(ledgers.readAll(), NOW.plusSeconds(2)).size());
    }

    @Test
    void aRunnerWithoutAJobIsDoubted_onlyWhenItHasStoodForLong() {
        isLeased(OLD, NOW.minusSeconds(44));
        assertEquals(List.of(), doubts());

        var doubts = check.doubts(ledgers.readAll(), NOW.plusSeconds(2));
        assertEquals(Optional.of(lease()), doubts.getFirst().lease());
    }

    @Test
    void aJobBehindAGateIsAlwaysDoubted() {
        isGated();

        assertEquals(JOB, doubts().getFirst().job().id());
    }

    @Test
    void aJobThatIsQueuedAsWeBelieve_needsNoEvent() {
        waits(OLD);
        ghes.has(7, JobStatus.QUEUED, OLD);

        assertEquals(Optional.empty(), missed());
        assertEquals(List.of(), decisions);
    }

    @Test
    void aJobThatRunsAlready_getsItsInProgress() {
        waits(OLD);
        ghes.has(7, JobStatus.IN_PROGRESS, OLD);

        assertEquals(Optional.of("missed/7/in_progress"), missed());
    }

    @Test
    void aJobThatHasEnded_getsItsCompleted() {
        isLeased(OLD, OLD);
        ghes.has(7, JobStatus.COMPLETED, OLD);

        assertEquals(Optional.of("missed/7/completed"), missed());
        assertEquals("MISSED_COMPLETED", decisions.getFirst().reason());
        assertEquals("small-7", decisions.getFirst().runner());
    }

    @Test
    void aJobThatWentBehindAGate_getsItsWaiting() {
        waits(OLD);
        ghes.has(7, JobStatus.WAITING, OLD);

        assertEquals(Optional.of("missed/7/waiting"), missed());
    }

    @Test
    void aJobThatIsStillBehindItsGate_needsNoEvent() {
        isGated();
        ghes.has(7, JobStatus.WAITING, OLD);

        assertEquals(Optional.empty(), missed());
    }

    @Test
    void aJobThatCameThroughItsGate_getsItsQueued() {
        isGated();
        ghes.has(7, JobStatus.QUEUED, OLD);

        assertEquals(Optional.of("missed/7/queued"), missed());
    }

    @Test
    void aJobThatGithubDoesNotKnow_isLeftAloneWhileItIsYoung() {
        waits(OLD);

        assertEquals(Optional.empty(), missed());
    }

    @Test
    void aJobThatGithubDoesNotKnowAnyMore_countsAsCancelled() {
        waits(NOW.minus(Duration.ofMinutes(11)));

        OutgoingEvent event = ask(doubts().getFirst(), NOW).event().orElseThrow();

        assertEquals("missed/7/completed", event.id());
        assertTrue(event.data().toString().contains("\"conclusion\":\"cancelled\""));
    }

    @Test
    void aJobOfARepositoryThatWeMayNotRead_waitsForAsLongAsGithubLetsIt() {
        ghes.hidden.add("octo/app");
        waits(NOW.minus(Duration.ofHours(47)));

        assertEquals(Optional.empty(), missed());
        assertEquals("JOB_UNREADABLE", decisions.getFirst().reason());

        Instant later = NOW.plus(Duration.ofHours(2));
        assertEquals(
                Optional.of("missed/7/completed"),
                ask(doubts().getFirst(), later).event().map(OutgoingEvent::id));
    }

    /** Its pod would be deleted with the job in it. */
    @Test
    void aRunnerAtWorkIsLeftAtWork_whateverGithubDoesNotShow() {
        isLeased(OLD, OLD);
        admission().bound(ORG, WaitingJob.first(JOB, SMALL, "octo/app", OLD), lease().runner());
        ghes.runners.add(new Runner(1, "small-7", true, true, List.of("small")));
        var later = NOW.plus(Duration.ofHours(3));
        var doubt = check.doubts(ledgers.readAll(), later).getFirst();

        assertEquals(JobCheck.Answer.AS_BELIEVED, ask(doubt, later));
        ghes.hidden.add("octo/app");
        assertEquals(JobCheck.Answer.AS_BELIEVED, ask(doubt, later));

        ghes.runners.clear();
        assertEquals(
                Optional.of("missed/7/completed"),
                ask(doubt, later).event().map(OutgoingEvent::id));
    }

    @Test
    void aRunnerThatMayStillComeOnline_isKept() {
        isLeased(OLD, OLD);
        ghes.has(7, JobStatus.QUEUED, OLD);

        assertEquals(Optional.empty(), missed());
        assertEquals(LeaseState.STARTED, lease().state());
    }

    @Test
    void aRunnerThatNeverCameOnline_isGivenUp() {
        Instant longAgo = NOW.minus(Duration.ofMinutes(11));
        isLeased(longAgo, longAgo);
        ghes.has(7, JobStatus.QUEUED, longAgo);

        assertEquals(Optional.of(Reason.NEVER_ONLINE), givenUp(NOW));
        assertEquals(1, budget.spent(), "the call about the runner");
    }

    @Test
    void aRunnerThatIsOnlineMayWaitForItsJobAWhileLonger_thenItIsGivenUp() {
        Instant longAgo = NOW.minus(Duration.ofMinutes(19));
        isLeased(longAgo, longAgo);
        ghes.has(7, JobStatus.QUEUED, longAgo);
        ghes.runners.add(new Runner(1, "small-7", true, false, List.of("small")));

        assertEquals(Optional.empty(), givenUp(NOW));

        assertEquals(Optional.of(Reason.IDLE_TOO_LONG), givenUp(NOW.plus(Duration.ofMinutes(2))));
    }

    @Test
    void aRunnerThatIsBusyOnGithub_isNeverGivenUp() {
        Instant longAgo = NOW.minus(Duration.ofMinutes(60));
        isLeased(longAgo, longAgo);
        ghes.has(7, JobStatus.QUEUED, longAgo);
        ghes.runners.add(new Runner(1, "small-7", true, true, List.of("small")));

        assertEquals(JobCheck.Answer.AS_BELIEVED, ask(doubts().getFirst(), NOW));
    }

    @Test
    void aRunnerThatIsBusyForLong_isDoubted_andItsMissedEndIsFound() {
        isLeased(OLD, OLD);
        admission().bound(ORG, WaitingJob.first(JOB, SMALL, "octo/app", OLD), lease().runner());
        assertEquals(List.of(), doubts());
        var later = NOW.plus(Duration.ofMinutes(30));
        var doubt = check.doubts(ledgers.readAll(), later).getFirst();

        ghes.has(7, JobStatus.IN_PROGRESS, OLD);
        assertEquals(JobCheck.Answer.AS_BELIEVED, ask(doubt, later));

        ghes.has(7, JobStatus.COMPLETED, OLD);
        assertEquals(
                Optional.of("missed/7/completed"),
                ask(doubt, later).event().map(OutgoingEvent::id));
    }
}
