package dev.jitney.ledger;

import dev.jitney.core.JobId;
import dev.jitney.core.Organization;
import dev.jitney.core.Policy;
import dev.jitney.core.RunnerClass;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.ledger.Admission;
import dev.jitney.core.ledger.Adoption;
import dev.jitney.core.ledger.Backoff;
import dev.jitney.core.ledger.ClusterLedger;
import dev.jitney.core.ledger.Completion;
import dev.jitney.core.ledger.Decision;
import dev.jitney.core.ledger.Ledgers;
import dev.jitney.core.ledger.OrgLedger;
import dev.jitney.core.ledger.Place;
import dev.jitney.core.ledger.Step;
import dev.jitney.core.ledger.WaitingJob;
import dev.jitney.ledger.stored.ClusterLedgerMapping;
import dev.jitney.ledger.stored.LedgerSchema;
import dev.jitney.ledger.stored.OrgLedgerMapping;
import dev.jitney.ledger.stored.PageMapping;
import dev.jitney.ledger.stored.StoredClusterLedger;
import dev.jitney.ledger.stored.StoredOrgLedger;
import dev.jitney.ledger.stored.StoredPage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.infinispan.protostream.ProtobufUtil;
import org.infinispan.protostream.SerializationContext;

/**
 * A full cluster and a backlog of a given size, and what one more event costs. Records are kept as
 * the bytes that Infinispan stores, so that the time is that of decisions and of the records' size,
 * without a network.
 */
final class Growth {
    static final int CAPACITY = 200;
    private static final int LIMIT = 10;
    private static final RunnerClassName CODE = Samples.CODE;
    private static final Policy POLICY =
            new Policy(CAPACITY, LIMIT, List.of(RunnerClass.of("code-linux", "code-linux")));

    /** The backlog came in over nine hours. */
    private static final Instant MORNING = Instant.parse("2026-03-02T08:00:00Z");

    private static final Duration OFFICE_HOURS = Duration.ofHours(9);

    private final ByteStore<OrgLedger> organizations;
    private final ByteStore<ClusterLedger> cluster;
    private final ByteStore<Page> pages;
    private final Ledgers ledgers;
    private final Admission admission;
    private final Deque<Place> running = new ArrayDeque<>();
    private final Random random = new Random(1);
    private final int count;
    private Instant now = MORNING.plus(OFFICE_HOURS);
    private long lastJob;
    private long granted;

    /**
     * What one event costs.
     *
     * @param calls to the store
     * @param bytes read and written
     * @param micros on one core
     */
    record Cost(double calls, double bytes, double micros) {}

    /** Fills the cluster, and then the backlogs. */
    Growth(int organizations, long jobs) {
        SerializationContext context = ProtobufUtil.newSerializationContext();
        LedgerSchema.create().register(context);
        this.count = organizations;
        this.organizations =
                new ByteStore<>(
                        context,
                        OrgLedgerMapping::toStored,
                        stored -> OrgLedgerMapping.fromStored((StoredOrgLedger) stored));
        this.cluster =
                new ByteStore<>(
                        context,
                        ClusterLedgerMapping::toStored,
                        stored -> ClusterLedgerMapping.fromStored((StoredClusterLedger) stored));
        this.pages =
                new ByteStore<>(
                        context,
                        PageMapping::toStored,
                        stored -> PageMapping.fromStored((StoredPage) stored));
        this.ledgers =
                new TriedLedgers(
                        this.organizations, this.cluster, this.pages, Duration.ofMinutes(1));
        this.admission =
                new Admission(
                        ledgers,
                        new InMemoryGates(),
                        POLICY,
                        Backoff.STANDARD,
                        () -> now,
                        this::seen);
        ledgers.change(ledger -> Adoption.opened(ledger, List.of()));
        fill(jobs);
    }

    private void seen(Decision decision) {
        if (decision.kind() == Decision.Kind.GRANTED) {
            granted++;
        }
    }

    private void fill(long jobs) {
        List<List<WaitingJob>> backlogs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            backlogs.add(new ArrayList<>());
        }
        for (long i = 0; i < jobs; i++) {
            Instant created = MORNING.plusMillis(i * OFFICE_HOURS.toMillis() / jobs);
            backlogs.get(Math.toIntExact(i % count)).add(job(created));
        }
        for (int i = 0; i < count; i++) {
            Organization organization = Samples.org(i);
            List<WaitingJob> backlog = backlogs.get(i);
            ledgers.update(
                    organization,
                    _ ->
                            new Step<>(
                                    new OrgLedger(
                                            organization, 1, backlog, Map.of(), Map.of(), Map.of()),
                                    true));
            admission.standAgain(organization);
        }
        running.addAll(ledgers.readCluster().places().values());
    }

    private WaitingJob job(Instant created) {
        lastJob++;
        return WaitingJob.first(
                new JobId(72_000_000_000L + lastJob),
                CODE,
                "org-1/repository-of-usual-length",
                created);
    }

    /** A new job, of any organization: it stands behind all others. */
    Cost queued(int events) {
        return cost(
                events,
                () -> {
                    now = now.plusMillis(200);
                    Organization organization = Samples.org(random.nextInt(count));
                    admission.queued(organization, job(now));
                });
    }

    /** A job ends, and the next in line gets its place. */
    Cost released(int events) {
        long before = granted;
        Cost cost =
                cost(
                        events,
                        () -> {
                            now = now.plusMillis(200);
                            Place place = running.removeFirst();
                            end(place);
                            ledgers.readCluster().places().values().stream()
                                    .filter(each -> each.since().equals(now))
                                    .forEach(running::addLast);
                        });
        if (granted - before != 2L * events) {
            throw new IllegalStateException(granted - before + " grants of " + 2 * events);
        }
        return cost;
    }

    private void end(Place place) {
        WaitingJob job =
                WaitingJob.first(place.job(), CODE, "org-1/repository-of-usual-length", now);
        ledgers.update(
                place.organization(),
                ledger -> Completion.completed(ledger, job, Optional.of(place.runner()), now));
        admission.released(place.organization(), place.runner(), "ENDED", now);
    }

    private Cost cost(int events, Runnable event) {
        for (int i = 0; i < events; i++) {
            event.run();
        }
        organizations.forgetCounts();
        cluster.forgetCounts();
        pages.forgetCounts();
        long start = System.nanoTime();
        for (int i = 0; i < events; i++) {
            event.run();
        }
        double micros = (System.nanoTime() - start) / 1000.0 / events;
        double calls = total(store -> store.reads + store.writes);
        return new Cost(calls / events, total(store -> store.bytes) / events, micros);
    }

    private double total(Function<ByteStore<?>, Long> of) {
        return of.apply(organizations) + of.apply(cluster) + of.apply(pages);
    }
}
