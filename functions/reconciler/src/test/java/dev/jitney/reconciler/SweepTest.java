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
import dev.jitney.core.ledger.JobQueued;
import dev.jitney.core.ledger.Leasing;
import dev.jitney.core.ledger.Place;
import dev.jitney.core.ledger.WaitingJob;
import dev.jitney.ghes.JobStatus;
import dev.jitney.ghes.Repository;
import dev.jitney.ghes.Runner;
import dev.jitney.ledger.InMemoryLedgers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SweepTest {
    private static final Organization ORG = new Organization("octo");
    private static final RunnerClassName SMALL = new RunnerClassName("small");
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final Instant OLD = NOW.minusSeconds(21);
    private static final int PLENTY = 100;

    private final FakeGhes ghes = new FakeGhes();
    private final InMemoryLedgers ledgers = InMemoryLedgers.opened();
    private final Sweep sweep =
            new Sweep(
                    ghes,
                    ledgers,
                    new Policy(10, 10, List.of(RunnerClass.of("small", "small"))),
                    new MissedEvents(new ObjectMapper()),
                    Duration.ofSeconds(20),
                    _ -> {});

    private final List<String> found = new ArrayList<>();

    private Part part(int budget) {
        return new Part(
                new CallBudget(budget),
                0,
                NOW,
                () -> false,
                events -> events.stream().map(OutgoingEvent::id).forEach(found::add));
    }

    private List<String> missed(int budget) {
        found.clear();
        var _ = sweep.pushed(ORG, sweep.recently(NOW, Set.of()), "", part(budget));
        return List.copyOf(found);
    }

    private void hasRepository(boolean archived) {
        ghes.repositories.add(
                new Repository("octo/app", archived, Optional.of(NOW.minusSeconds(3600))));
    }

    private void isWaiting(long id) {
        WaitingJob job = WaitingJob.first(new JobId(id), SMALL, "octo/app", OLD);
        ledgers.update(ORG, ledger -> JobQueued.queued(ledger, job, OLD));
    }

    private void isLeased(long id) {
        isWaiting(id);
        WaitingJob job = ledgers.read(ORG).waiting(new JobId(id)).orElseThrow();
        var place = new Place(job.runner(), ORG, SMALL, job.id(), OLD);
        ledgers.update(ORG, ledger -> Leasing.granted(ledger, place, 10, OLD));
    }

    private void isRegistered(String name, boolean busy) {
        ghes.runners.add(new Runner(ghes.runners.size() + 1, name, false, busy, List.of("small")));
    }

    private List<String> registered() {
        return ghes.runners.stream().map(Runner::name).toList();
    }

    @Test
    void aQueuedJobThatNobodyToldUsOf_getsItsQueued() {
        hasRepository(false);
        ghes.has(1, JobStatus.QUEUED, OLD, "small");

        assertEquals(List.of("missed/1/queued"), missed(PLENTY));
    }

    @Test
    void aYoungJobsWebhookMayStillBeOnItsWay() {
        hasRepository(false);
        ghes.has(1, JobStatus.QUEUED, NOW.minusSeconds(19), "small");

        assertEquals(List.of(), missed(PLENTY));
    }

    @Test
    void aJobThatIsKnown_isNotMissed() {
        hasRepository(false);
        ghes.has(1, JobStatus.QUEUED, OLD, "small");
        ghes.has(2, JobStatus.QUEUED, OLD, "small");
        isWaiting(1);
        isLeased(2);

        assertEquals(List.of(), missed(PLENTY));
    }

    @Test
    void aJobOfLabelsThatNobodyServes_isNotMissed() {
        hasRepository(false);
        ghes.has(1, JobStatus.QUEUED, OLD, "ubuntu-latest");

        assertEquals(List.of(), missed(PLENTY));
    }

    @Test
    void anArchivedRepositoryIsNotAskedAbout() {
        hasRepository(true);
        ghes.has(1, JobStatus.QUEUED, OLD, "small");

        assertEquals(List.of(), missed(PLENTY));
    }

    @Test
    void aRegistrationWithoutALeaseGoes_andNoOther() {
        isLeased(2);
        isRegistered("small-1", false);
        isRegistered("small-1-2", false);
        isRegistered("small-2", false);
        isRegistered("small-3", true);
        isRegistered("somebodys-own", false);
        isRegistered("small-but-not-ours", false);

        sweep.ghosts(ORG, new CallBudget(PLENTY));

        assertEquals(
                List.of("small-2", "small-3", "somebodys-own", "small-but-not-ours"), registered());
    }

    @Test
    void aRepositoryThatNobodyPushedToLately_isLeftToTheSlowRound() {
        ghes.repositories.add(
                new Repository("octo/old", false, Optional.of(NOW.minusSeconds(7201))));
        ghes.repositories.add(new Repository("octo/empty", false, Optional.empty()));
        ghes.has(1, JobStatus.QUEUED, OLD, "small");

        assertEquals(List.of(), missed(PLENTY));
    }

    @Test
    void aJobThatRunsOnARunnerWeBelieveIdle_getsItsInProgress() {
        isLeased(2);
        hasRepository(false);
        ghes.has(9, JobStatus.IN_PROGRESS, OLD, "small");
        ghes.runsOn(9, "small-2");
        ghes.has(10, JobStatus.IN_PROGRESS, OLD, "small");
        ghes.runsOn(10, "somebodys-own");

        assertEquals(List.of("missed/9/in_progress"), missed(PLENTY));
    }

    @Test
    void aJobThatWeBelieveToWait_getsWhatHappenedToIt() {
        isWaiting(3);
        isWaiting(4);
        hasRepository(false);
        ghes.has(3, JobStatus.IN_PROGRESS, OLD, "small");
        ghes.has(4, JobStatus.COMPLETED, OLD, "small");
        ghes.inRun(4, 3);
        ghes.has(5, JobStatus.COMPLETED, OLD, "small");
        ghes.inRun(5, 3);

        assertEquals(List.of("missed/3/in_progress", "missed/4/completed"), missed(PLENTY));
    }

    @Test
    void sinceAMoment_meansItsRunsToo_andThoseWhoseWebhooksWereOnTheirWay() {
        hasRepository(false);
        ghes.has(1, JobStatus.QUEUED, NOW.minusSeconds(3641), "small");
        ghes.has(2, JobStatus.QUEUED, NOW.minusSeconds(3639), "small");

        var _ = sweep.pushed(ORG, sweep.since(NOW.minusSeconds(3620)), "", part(PLENTY));
        assertEquals(List.of("missed/2/queued"), found);

        ghes.calls = 0;
        var _ = sweep.pushed(ORG, sweep.since(NOW.minusSeconds(3500)), "", part(PLENTY));
        assertEquals(1, ghes.calls, "nobody has pushed since");
    }

    @Test
    void aBudgetThatIsSpentBeforeTheRunsAreDone_goesOnThere_oldestFirst() {
        hasRepository(false);
        ghes.repositories.add(new Repository("octo/other", false, Optional.of(NOW)));
        for (int id = 1; id <= 250; id++) {
            ghes.has(id, JobStatus.QUEUED, OLD, "small");
        }
        String at = "";
        for (int tick = 0; tick < 30 && found.size() < 250; tick++) {
            at = sweep.pushed(ORG, sweep.recently(NOW, Set.of()), at, part(25)).orElse("");
        }

        List<String> inOrder =
                LongStream.rangeClosed(1, 250).mapToObj(id -> "missed/" + id + "/queued").toList();
        assertEquals(inOrder, found.subList(0, 250));
    }

    @Test
    void neverCallsGithubMoreOftenThanItsBudgetAllows() {
        hasRepository(false);
        ghes.repositories.add(new Repository("octo/other", false, Optional.of(NOW)));
        for (int id = 1; id <= 5; id++) {
            ghes.has(id, JobStatus.QUEUED, OLD, "small");
        }
        for (int budget = 0; budget <= 12; budget++) {
            ghes.calls = 0;
            var _ = missed(budget);
            assertTrue(ghes.calls <= budget, ghes.calls + " calls of " + budget);
        }
    }
}
