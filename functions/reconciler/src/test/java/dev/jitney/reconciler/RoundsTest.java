package dev.jitney.reconciler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jitney.cloudevents.OutgoingEvent;
import dev.jitney.core.JobId;
import dev.jitney.core.Organization;
import dev.jitney.core.Policy;
import dev.jitney.core.RunnerClass;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.ledger.JobQueued;
import dev.jitney.core.ledger.OrgLedger;
import dev.jitney.core.ledger.WaitingJob;
import dev.jitney.ghes.JobStatus;
import dev.jitney.ghes.Repository;
import dev.jitney.ghes.Runner;
import dev.jitney.ledger.InMemoryBookmarks;
import dev.jitney.ledger.InMemoryLedgers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No ledger knows anything: whatever is found here, no event has told. */
class RoundsTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final Instant OLD = NOW.minusSeconds(60);

    private static final Organization OCTO = new Organization("octo");

    private final FakeGhes ghes = new FakeGhes();
    private final InMemoryLedgers ledgers = InMemoryLedgers.opened();
    private final InMemoryBookmarks bookmarks = new InMemoryBookmarks();
    private final List<String> found = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();

    /** One tick's part, by a process of its own. */
    private void tick(int budget) {
        var cursor = new Cursor(bookmarks);
        cursor.load();
        var sweep =
                new Sweep(
                        ghes,
                        ledgers,
                        new Policy(10, 10, List.of(RunnerClass.of("small", "small"))),
                        new MissedEvents(new ObjectMapper()),
                        Duration.ofSeconds(20),
                        _ -> {});
        new Rounds(sweep, cursor, new InParallel(Runnable::run), this::bear)
                .go(
                        ledgers.readAll(),
                        new Part(
                                new CallBudget(budget),
                                0,
                                NOW,
                                () -> false,
                                events ->
                                        events.stream()
                                                .map(OutgoingEvent::id)
                                                .forEach(found::add)));
        cursor.save();
    }

    private void bear(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            failed.add(what);
        }
    }

    private void repository(String name, Optional<Instant> pushed) {
        ghes.repositories.add(new Repository(name, false, pushed));
    }

    @Test
    void anOrganizationWithoutALedgerIsReached_andItsGhostsGo() {
        ghes.organizations.add("octo");
        repository("octo/app", Optional.empty());
        ghes.has(1, JobStatus.QUEUED, OLD, "small");
        ghes.runners.add(new Runner(1, "small-9", false, false, List.of("small")));

        tick(100);

        assertEquals(List.of("missed/1/queued"), found);
        assertEquals(List.of(), ghes.runners);
    }

    @Test
    void whatWasPushedToLately_isReachedBeforeTheRest() {
        Stream.of("a", "b", "c", "octo").forEach(ghes.organizations::add);
        repository("octo/old-1", Optional.empty());
        repository("octo/app", Optional.of(NOW));
        ghes.has(1, JobStatus.QUEUED, OLD, "small");

        // One call for the organizations, four for their repositories, four for app and its run.
        tick(20);

        assertTrue(found.contains("missed/1/queued"), found::toString);
    }

    @Test
    void aSmallBudgetReachesEverything_inManyTicks_andIsNeverOverdrawn() {
        Stream.of("a", "b", "c").forEach(ghes.organizations::add);
        for (int i = 0; i < 30; i++) {
            repository("a/repo-%02d".formatted(i), Optional.empty());
        }
        int ticks = 0;
        List<String> asked = ghes.asked;
        while (ticks < 100 && asked.stream().distinct().count() < 30) {
            ghes.calls = 0;
            tick(12);
            assertTrue(ghes.calls <= 12, "calls: " + ghes.calls);
            ticks++;
        }

        assertEquals(30, asked.stream().distinct().count(), "ticks: " + ticks);
    }

    @Test
    void whatCannotBeReadIsLeftOut_andHoldsUpNothing() {
        Stream.of("a", "b").forEach(ghes.organizations::add);
        ghes.unreadable.add("a");
        repository("octo/app", Optional.empty());
        ghes.has(1, JobStatus.QUEUED, OLD, "small");

        tick(100);

        assertEquals(List.of("missed/1/queued"), found);
        assertTrue(failed.contains("round all"), failed::toString);
    }

    @Test
    void aTickThatDiesInARound_goesOnBehindIt() {
        ghes.organizations.add("octo");
        repository("octo/app", Optional.empty());
        var job = WaitingJob.first(new JobId(1), new RunnerClassName("small"), "octo/deadly", OLD);
        ledgers.update(OCTO, ledger -> JobQueued.queued(ledger, job, OLD));
        ghes.deadly.add("octo/deadly");

        assertThrows(AssertionError.class, () -> tick(100));
        assertEquals(List.of(), ghes.asked);

        assertThrows(AssertionError.class, () -> tick(100));
        assertEquals(List.of("octo/app", "octo/app"), ghes.asked);
    }

    @Test
    void anOrganizationThatLiesIdleForLongerThanALedgerRemembers_isNotActive() {
        Map<JobId, Instant> finished = Map.of(new JobId(1), NOW);
        var ledger = new OrgLedger(OCTO, 1, List.of(), Map.of(), Map.of(), finished);

        assertEquals(Set.of(OCTO), Rounds.active(List.of(ledger), NOW.plusSeconds(1799)));
        assertEquals(Set.of(), Rounds.active(List.of(ledger), NOW.plusSeconds(1800)));
    }

    @Test
    void aPlaceComesBackAsItWasWritten() {
        var place = new Everything.Place(3, "octo/a 7");
        assertEquals(place, Everything.Place.read(place.write()));
        assertEquals(new Everything.Place(1, ""), Everything.Place.read(""));
    }
}
