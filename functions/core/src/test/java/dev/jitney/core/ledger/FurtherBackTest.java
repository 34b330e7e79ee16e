package dev.jitney.core.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.core.JobId;
import dev.jitney.core.Organization;
import dev.jitney.core.Policy;
import dev.jitney.core.RunnerClass;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.RunnerName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A line whose front is short serves the same jobs in the same order as one that is all front. */
class FurtherBackTest {
    private static final LineBounds SHORT = new LineBounds(6, 4, 2);

    /** Three organizations may fill the cluster: most of the line waits for capacity. */
    private static final Policy POLICY =
            new Policy(
                    7,
                    3,
                    List.of(
                            RunnerClass.of("small", "small"),
                            RunnerClass.of("large", "large").withLimit(2)));

    @Property(tries = 60)
    void servesInTheSameOrder(@ForAll @IntRange(max = 1_000_000) int seed) {
        List<Decision> all = new Office(seed, LineBounds.STANDARD).day();
        Office shortFront = new Office(seed, SHORT);

        assertEquals(all, shortFront.day());
        assertTrue(shortFront.longest <= SHORT.most() * 2, "front of " + shortFront.longest);
        assertTrue(shortFront.overflowed, "nobody ever stood further back");
        assertEquals(Map.of(), shortFront.ledgers.readCluster().overflow(), "all were called");
    }

    @Property(tries = 60)
    void nobodyIsForgottenWhenStepsAreCutOff(@ForAll @IntRange(max = 1_000_000) int seed) {
        Office office = new Office(seed, SHORT);
        Random faults = new Random(seed + 1L);
        office.ledgers.failing(() -> faults.nextInt(5) == 0, () -> faults.nextInt(5) == 0);

        long granted =
                office.day().stream()
                        .filter(each -> each.kind() == Decision.Kind.GRANTED)
                        .map(Decision::job)
                        .distinct()
                        .count();

        assertEquals(Office.JOBS, granted);
    }

    /** Jobs come, and whenever one has run its place comes free. */
    private static final class Office {
        static final int JOBS = 150;

        final MapLedgers ledgers = new MapLedgers();
        private final List<Decision> decisions = new ArrayList<>();
        private final Random random;
        private final Admission admission;
        private Instant now = Instant.parse("2026-03-02T09:00:00Z");
        int longest;
        boolean overflowed;

        Office(long seed, LineBounds bounds) {
            random = new Random(seed);
            admission =
                    new Admission(
                            ledgers,
                            new CountingGates(),
                            POLICY,
                            bounds,
                            Backoff.STANDARD,
                            () -> now,
                            decisions::add);
        }

        List<Decision> day() {
            for (long job = 1; job <= JOBS; job++) {
                now = now.plusSeconds(random.nextInt(40));
                queued(job);
                if (random.nextInt(4) == 0) {
                    endOldest();
                }
                look();
            }
            for (int i = 0; i < 20 * JOBS && !isQuiet(); i++) {
                now = now.plusSeconds(20);
                endOldest();
                standAgain();
                look();
            }
            return decisions.stream().filter(each -> each.kind() == Decision.Kind.GRANTED).toList();
        }

        private void queued(long job) {
            var runnerClass = POLICY.classes().get(random.nextInt(3) == 0 ? 1 : 0).name();
            Organization organization = new Organization("org" + random.nextInt(25));
            Instant created = now.minusSeconds(random.nextInt(200));
            WaitingJob waiting =
                    WaitingJob.first(new JobId(job), runnerClass, organization + "/r", created);
            untilTaken(() -> admission.queued(organization, waiting));
        }

        private void endOldest() {
            List<Place> places = List.copyOf(ledgers.readCluster().places().values());
            if (!places.isEmpty()) {
                Place place = places.getFirst();
                RunnerName runner = place.runner();
                untilTaken(() -> admission.confirmAgain(place)); // as the reconciler does
                untilTaken(
                        () ->
                                ledgers.update(
                                        place.organization(),
                                        ledger ->
                                                Completion.completed(
                                                        ledger,
                                                        job(place),
                                                        Optional.of(runner),
                                                        now)));
                untilTaken(() -> admission.released(place.organization(), runner, "ENDED", now));
            }
        }

        private boolean isQuiet() {
            return ledgers.readCluster().places().isEmpty()
                    && ledgers.readAll().stream().allMatch(OrgLedger::isIdle);
        }

        /** The reconciler's repair of a turn, or a recall, that was cut off. */
        private void standAgain() {
            if (ledgers.readCluster().places().isEmpty()) {
                ledgers.readAll().stream()
                        .filter(ledger -> !ledger.isIdle())
                        .forEach(
                                ledger ->
                                        untilTaken(
                                                () -> admission.standAgain(ledger.organization())));
            }
        }

        private WaitingJob job(Place place) {
            return WaitingJob.first(place.job(), place.runnerClass(), "r", now);
        }

        private static void untilTaken(Runnable event) {
            for (int attempt = 0; ; attempt++) {
                try {
                    event.run();
                    return;
                } catch (LedgerUnavailable e) {
                    assertTrue(attempt < 1000, "never taken");
                }
            }
        }

        private void look() {
            ClusterLedger cluster = ledgers.readCluster();
            overflowed |= !cluster.overflow().isEmpty();
            POLICY.classes()
                    .forEach(each -> longest = Math.max(longest, inFront(cluster, each.name())));
        }

        private static int inFront(ClusterLedger cluster, RunnerClassName runnerClass) {
            return (int)
                    cluster.line().values().stream()
                            .flatMap(each -> each.entries().stream())
                            .filter(entry -> entry.runnerClass().equals(runnerClass))
                            .count();
        }
    }
}
