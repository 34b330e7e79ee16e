package dev.jitney.ledger;

import static dev.jitney.ledger.Samples.CAPACITY;
import static dev.jitney.ledger.Samples.LIMIT;
import static dev.jitney.ledger.Samples.NOW;
import static dev.jitney.ledger.Samples.POLICY;
import static dev.jitney.ledger.Samples.job;
import static dev.jitney.ledger.Samples.org;
import static dev.jitney.ledger.Samples.submit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.core.JobId;
import dev.jitney.core.Organization;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.RunnerName;
import dev.jitney.core.ledger.Adoption;
import dev.jitney.core.ledger.Age;
import dev.jitney.core.ledger.ClusterLedger;
import dev.jitney.core.ledger.Filed;
import dev.jitney.core.ledger.JobQueued;
import dev.jitney.core.ledger.Ledgers;
import dev.jitney.core.ledger.Ledgers.TurnTaken;
import dev.jitney.core.ledger.OrgLedger;
import dev.jitney.core.ledger.Place;
import dev.jitney.core.ledger.Rebuild;
import dev.jitney.core.ledger.Standing;
import dev.jitney.core.ledger.Step;
import dev.jitney.core.ledger.Turn;
import dev.jitney.core.ledger.WaitingJob;
import dev.jitney.ledger.FaultyStore.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every store of the ledgers does. */
abstract class LedgersContract {

    /** The ledgers, without a record at the start of each test. */
    abstract Ledgers ledgers();

    /** Stores without a record, to put faults in front of. */
    abstract VersionedStore<OrgLedger> organizationStore();

    abstract VersionedStore<ClusterLedger> clusterStore();

    abstract VersionedStore<Page> pageStore();

    @Test
    void whoStandsFurtherBackIsFoundByItsMinute() {
        var small = new RunnerClassName("small");
        Age early = new Age(NOW, new JobId(7));
        Age later = new Age(NOW.plusSeconds(1), new JobId(8));
        Map<Organization, Age> back = new LinkedHashMap<>();
        for (int i = 1; i <= 9; i++) {
            back.put(org(i), i == 5 ? early : later);
        }

        assertTrue(ledgers().file(small, back, early));
        assertFalse(ledgers().file(small, back, early), "it is noted");
        assertFalse(ledgers().file(small, Map.of(org(5), later), early), "the older one stays");
        assertTrue(ledgers().file(small, Map.of(org(5), later), later), "it is left over");

        assertEquals(9, ledgers().filed(small, later.minute()).size());
        assertEquals(List.of(), ledgers().filed(small, later.minute() + 1));
        assertEquals(List.of(), ledgers().filed(new RunnerClassName("large"), later.minute()));

        ledgers().unfile(small, List.of(new Filed(org(5), early), new Filed(org(6), later)));
        List<Filed> left = ledgers().filed(small, later.minute());
        assertEquals(8, left.size(), "a note that says another age stays");
        assertTrue(left.contains(new Filed(org(5), later)));
    }

    @Test
    void someLedgersAreReadInTheirOrder() {
        submit(Samples.opened(ledgers()), org(3), 1);

        List<OrgLedger> read = ledgers().read(List.of(org(9), org(3)));

        assertEquals(List.of(org(9), org(3)), read.stream().map(OrgLedger::organization).toList());
        assertEquals(1, read.getLast().leases().size());
        assertEquals(OrgLedger.empty(org(9)), read.getFirst());
    }

    @Test
    void anOrganizationWithoutARecordIsEmpty() {
        assertEquals(OrgLedger.empty(org(1)), ledgers().read(org(1)));
        assertEquals(ClusterLedger.LOST, ledgers().readCluster());
        assertEquals(List.of(), ledgers().readAll());
    }

    @Test
    void aClusterWithoutARecordGrantsNothingUntilItIsOpened() {
        Turn turn = Turn.of(Optional.empty(), org(1), new Standing(1, List.of(Samples.entry(5))));

        TurnTaken shut = ledgers().update(ledger -> turn.take(ledger, POLICY, NOW));

        assertEquals(List.of(), shut.granted());
        assertEquals(new Rebuild.Begun(NOW), ledgers().readCluster().rebuild());

        ledgers().change(ledger -> Adoption.opened(ledger, List.of(Samples.place(org(9), 99))));
        TurnTaken open = ledgers().update(ledger -> turn.take(ledger, POLICY, NOW));

        assertEquals(1, open.granted().size());
        assertEquals(2, ledgers().readCluster().places().size());
    }

    @Test
    void keepsWhatWasStored() {
        OrgLedger full = Samples.orgLedger();
        ClusterLedger cluster = Samples.clusterLedger();

        ledgers().update(org(1), _ -> new Step<>(full, "done"));
        TurnTaken taken = ledgers().update(_ -> new Step<>(cluster, List.of()));

        assertEquals(full, ledgers().read(org(1)));
        assertEquals(cluster, ledgers().readCluster());
        assertEquals(cluster, taken.after());
        assertEquals(
                List.copyOf(cluster.places().keySet()),
                List.copyOf(ledgers().readCluster().places().keySet()),
                "the order is kept");
    }

    @Test
    void readsAllOrganizationsInOrder() {
        for (int i : List.of(3, 1, 2)) {
            ledgers().update(org(i), ledger -> JobQueued.queued(ledger, job(i), NOW));
        }
        submit(ledgers(), org(1), 1);

        List<Organization> all = ledgers().readAll().stream().map(OrgLedger::organization).toList();

        assertEquals(List.of(org(1), org(2), org(3)), all);
    }

    @Test
    void aTransitionThatThrowsChangesNothing() {
        submit(ledgers(), org(1), 1);
        OrgLedger before = ledgers().read(org(1));

        assertThrows(
                ArithmeticException.class,
                () ->
                        ledgers()
                                .<String>update(
                                        org(1),
                                        _ -> {
                                            throw new ArithmeticException();
                                        }));

        assertEquals(before, ledgers().read(org(1)));
    }

    @Test
    void repeatingChangesNothing() {
        submit(ledgers(), org(1), 1);
        OrgLedger organization = ledgers().read(org(1));
        ClusterLedger cluster = ledgers().readCluster();

        submit(ledgers(), org(1), 1);

        assertEquals(organization, ledgers().read(org(1)));
        assertEquals(cluster, ledgers().readCluster());
    }

    @Test
    void limitsHoldAndNoJobIsLostWhenManyComeAtOnce() throws Exception {
        Samples.opened(ledgers());
        // Each job comes twice, over three organizations that could have 30 of 20 places.
        Crowd.run(
                64,
                360,
                i -> {
                    submit(ledgers(), org(i / 2 % 3), 1 + i / 2);
                    return i;
                });

        assertLimitsHold(ledgers());
        assertEquals(CAPACITY, ledgers().readCluster().places().size());
        Set<Long> expected = new HashSet<>(LongStream.rangeClosed(1, 180).boxed().toList());
        assertEquals(expected, jobs(ledgers()));
    }

    /** Limits, and that a job is in one place of its organization's ledger. */
    static void assertLimitsHold(Ledgers ledgers) {
        ClusterLedger cluster = ledgers.readCluster();
        assertTrue(cluster.places().size() <= CAPACITY, "places " + cluster.places().size());
        for (OrgLedger each : ledgers.readAll()) {
            assertTrue(each.leases().size() <= LIMIT, each.organization() + " over its limit");
            assertTrue(cluster.placesOf(each.organization()) <= LIMIT);
            List<JobId> ids = new ArrayList<>(each.backlog().stream().map(WaitingJob::id).toList());
            each.leases().values().forEach(lease -> ids.add(lease.job().id()));
            assertEquals(new HashSet<>(ids).size(), ids.size(), "a job in two places");
            assertTrue(cluster.places().keySet().containsAll(each.leases().keySet()));
        }
    }

    static Set<Long> jobs(Ledgers ledgers) {
        Set<Long> ids = new HashSet<>();
        for (OrgLedger each : ledgers.readAll()) {
            each.backlog().forEach(job -> ids.add(job.id().value()));
            each.leases().values().forEach(lease -> ids.add(lease.job().id().value()));
        }
        return ids;
    }

    @Test
    void aPlaceThatComesFreeGoesToOneOnly() throws Exception {
        Samples.opened(ledgers());
        Crowd.run(
                16,
                60,
                i -> {
                    submit(ledgers(), org(i % 6), 1 + i);
                    return i;
                });
        List<RunnerName> held = List.copyOf(ledgers().readCluster().places().keySet());

        List<List<Place>> granted =
                Crowd.run(32, held.size(), i -> release(held.get(i), org(i % 6)).granted());

        List<Place> all = granted.stream().flatMap(List::stream).toList();
        Set<Place> fresh = new HashSet<>(all);
        fresh.removeIf(place -> held.contains(place.runner()));
        assertEquals(CAPACITY, fresh.size(), "each place was granted again");
        assertEquals(CAPACITY, ledgers().readCluster().places().size());
    }

    private TurnTaken release(RunnerName runner, Organization organization) {
        OrgLedger ledger = ledgers().read(organization);
        Standing standing = new Standing(ledger.revision(), ledger.line(LIMIT, NOW));
        Turn turn = Turn.of(Optional.of(runner), organization, standing);
        return ledgers().update(cluster -> turn.take(cluster, POLICY, NOW));
    }

    @Test
    void servesManyUpdatesWithFewReplaces() throws Exception {
        var counted = new FaultyStore<>(organizationStore());
        var batching =
                new TriedLedgers(counted, clusterStore(), pageStore(), Duration.ofSeconds(5));

        Crowd.run(
                64,
                640,
                i -> batching.update(org(1), ledger -> JobQueued.queued(ledger, job(1 + i), NOW)));

        assertEquals(640, batching.read(org(1)).backlog().size());
        assertTrue(counted.writes.get() < 640, "replaces: " + counted.writes.get());
    }

    @ParameterizedTest
    @EnumSource
    void whatAnEarlierAttemptGrantedIsNotForgotten(Fault fault) {
        var faulty = new FaultyStore<>(clusterStore());
        var tried =
                new TriedLedgers(organizationStore(), faulty, pageStore(), Duration.ofSeconds(5));
        Place other = Samples.place(org(9), 99);
        ClusterLedger before =
                tried.update(ledger -> new Step<>(Adoption.opened(ledger, List.of()), List.of()))
                        .after();
        Standing first = new Standing(1, List.of(Samples.entry(5)));
        Standing second = new Standing(1, List.of(Samples.entry(6)));
        tried.update(
                ledger -> Turn.of(Optional.empty(), org(2), first).take(ledger, closed(), NOW));
        assertEquals(before.places(), tried.readCluster().places());
        faulty.next(fault, fault);

        // Serves organization 2 too: nobody but this turn ever knows of that place.
        TurnTaken taken =
                tried.update(
                        ledger ->
                                Turn.of(Optional.of(other.runner()), org(1), second)
                                        .take(ledger, POLICY, NOW));

        assertEquals(2, taken.granted().size());
        assertEquals(Set.copyOf(taken.after().places().values()), Set.copyOf(taken.granted()));
        assertEquals(tried.readCluster(), taken.after());
    }

    private static dev.jitney.core.Policy closed() {
        return new dev.jitney.core.Policy(0, LIMIT, POLICY.classes());
    }

    @Test
    void holdsLargeRecords() {
        OrgLedger large = Samples.largeOrgLedger(2_000);
        ClusterLedger cluster = Samples.largeClusterLedger(200, 2_000);

        ledgers().update(org(1), _ -> new Step<>(large, 0));
        ledgers().update(_ -> new Step<>(cluster, List.of()));
        ledgers().update(org(1), ledger -> JobQueued.queued(ledger, job(1), NOW));

        assertEquals(2_001, ledgers().read(org(1)).backlog().size());
        assertEquals(cluster, ledgers().readCluster());
    }
}
