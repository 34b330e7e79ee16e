package dev.jitney.infinispan.cluster;

import dev.jitney.core.Organization;
import dev.jitney.core.Policy;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.ledger.Age;
import dev.jitney.core.ledger.ClusterLedger;
import dev.jitney.core.ledger.Filed;
import dev.jitney.core.ledger.Ledgers;
import dev.jitney.core.ledger.OrgLedger;
import dev.jitney.core.ledger.Place;
import dev.jitney.core.ledger.Step;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * Ledgers that look at every record they see. A record is replaced only by whoever has read it, so
 * between them the processes see every record there ever was, and the limits are checked at every
 * moment.
 */
final class WatchedLedgers implements Ledgers {
    private static final String CLUSTER = "cluster";

    private final Ledgers ledgers;
    private final Policy policy;
    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final LongAdder updates = new LongAdder();
    private final LongAdder again = new LongAdder();
    private final LongAdder staleReads = new LongAdder();

    WatchedLedgers(Ledgers ledgers, Policy policy) {
        this.ledgers = ledgers;
        this.policy = policy;
    }

    @Override
    public <R> R update(
            Organization organization, Function<OrgLedger, Step<OrgLedger, R>> transition) {
        Watch watch = new Watch(organization.login());
        R result =
                ledgers.update(
                        organization,
                        before -> {
                            check(before);
                            Step<OrgLedger, R> step = transition.apply(before);
                            watch.applied(before.revision(), step.next().revision());
                            return step;
                        });
        watch.stored();
        return result;
    }

    @Override
    public TurnTaken update(Function<ClusterLedger, Step<ClusterLedger, List<Place>>> transition) {
        Watch watch = new Watch(CLUSTER);
        TurnTaken taken =
                ledgers.update(
                        before -> {
                            check(before);
                            Step<ClusterLedger, List<Place>> step = transition.apply(before);
                            watch.applied(before.revision(), step.next().revision());
                            return step;
                        });
        watch.stored();
        return taken;
    }

    /** One update, and how old the record was that it was decided on. */
    private final class Watch {
        private final String key;
        private final long known;
        private final AtomicLong before = new AtomicLong();
        private final AtomicLong after = new AtomicLong();
        private boolean applied;

        Watch(String key) {
            this.key = key;
            this.known = acknowledged.getOrDefault(key, 0L);
            updates.increment();
        }

        void applied(long revisionBefore, long revisionAfter) {
            if (applied) {
                again.increment();
            }
            applied = true;
            if (revisionBefore < known) {
                staleReads.increment();
            }
            before.set(revisionBefore);
            after.set(revisionAfter);
        }

        void stored() {
            // A step that changed nothing wrote nothing: it may have read from a server that was
            // thawed a moment ago, and is counted among the stale reads.
            if (before.get() < known && after.get() > before.get()) {
                violations.add(
                        "%s was decided on at revision %d, after %d was acknowledged"
                                .formatted(key, before.get(), known));
            }
            acknowledged.merge(key, after.get(), Math::max);
        }
    }

    @Override
    public boolean file(RunnerClassName runnerClass, Map<Organization, Age> back, Age from) {
        return ledgers.file(runnerClass, back, from);
    }

    @Override
    public List<Filed> filed(RunnerClassName runnerClass, long minute) {
        return ledgers.filed(runnerClass, minute);
    }

    @Override
    public void unfile(RunnerClassName runnerClass, Collection<Filed> notes) {
        ledgers.unfile(runnerClass, notes);
    }

    @Override
    public OrgLedger read(Organization organization) {
        return ledgers.read(organization);
    }

    @Override
    public ClusterLedger readCluster() {
        return ledgers.readCluster();
    }

    @Override
    public List<OrgLedger> readAll() {
        return ledgers.readAll();
    }

    private void check(OrgLedger ledger) {
        if (ledger.leases().size() > policy.organizationLimit()) {
            violations.add(ledger.organization() + " has " + ledger.leases().size() + " leases");
        }
    }

    private void check(ClusterLedger ledger) {
        if (ledger.places().size() > policy.capacity()) {
            violations.add(ledger.places().size() + " places are taken");
        }
        for (var each : policy.classes()) {
            if (ledger.placesOf(each.name()) > each.limit()) {
                violations.add(ledger.placesOf(each.name()) + " places of " + each.name());
            }
        }
    }

    /** Numbers since the start, then what was wrong. */
    String report() {
        return "%d %d %d %s"
                .formatted(
                        updates.sum(),
                        again.sum(),
                        staleReads.sum(),
                        String.join("; ", violations));
    }
}
