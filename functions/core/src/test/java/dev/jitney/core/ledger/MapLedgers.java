package dev.jitney.core.ledger;

import dev.jitney.core.Organization;
import dev.jitney.core.RunnerClassName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Ledgers in a map, which may fail before or after any write, as a store does. */
final class MapLedgers implements Ledgers {
    private final Map<Organization, OrgLedger> organizations = new TreeMap<>();
    private final Map<String, Map<Organization, Age>> pages = new TreeMap<>();
    private ClusterLedger cluster = ClusterLedger.EMPTY;
    private BooleanSupplier failsBefore = () -> false;
    private BooleanSupplier failsAfter = () -> false;

    void failing(BooleanSupplier before, BooleanSupplier after) {
        failsBefore = before;
        failsAfter = after;
    }

    @Override
    public <R> R update(
            Organization organization, Function<OrgLedger, Step<OrgLedger, R>> transition) {
        fail(failsBefore);
        Step<OrgLedger, R> step = transition.apply(read(organization));
        organizations.put(organization, step.next());
        fail(failsAfter);
        return step.result();
    }

    @Override
    public TurnTaken update(Function<ClusterLedger, Step<ClusterLedger, List<Place>>> transition) {
        fail(failsBefore);
        Step<ClusterLedger, List<Place>> step = transition.apply(cluster);
        cluster = step.next();
        fail(failsAfter);
        return new TurnTaken(step.result(), cluster);
    }

    private static void fail(BooleanSupplier fails) {
        if (fails.getAsBoolean()) {
            throw new LedgerUnavailable("injected", new IllegalStateException());
        }
    }

    @Override
    public OrgLedger read(Organization organization) {
        return organizations.getOrDefault(organization, OrgLedger.empty(organization));
    }

    @Override
    public ClusterLedger readCluster() {
        return cluster;
    }

    @Override
    public boolean file(RunnerClassName runnerClass, Map<Organization, Age> back, Age from) {
        boolean changed = false;
        for (var each : back.entrySet()) {
            fail(failsBefore);
            Map<Organization, Age> page = page(runnerClass, each.getValue().minute());
            Age before = page.get(each.getKey());
            Age next = PageNote.of(before, each.getValue(), from);
            changed |= !next.equals(before);
            page.put(each.getKey(), next);
        }
        return changed;
    }

    @Override
    public List<Filed> filed(RunnerClassName runnerClass, long minute) {
        return page(runnerClass, minute).entrySet().stream()
                .map(each -> new Filed(each.getKey(), each.getValue()))
                .sorted()
                .toList();
    }

    @Override
    public void unfile(RunnerClassName runnerClass, Collection<Filed> notes) {
        for (Filed each : notes) {
            fail(failsBefore);
            page(runnerClass, each.age().minute()).remove(each.organization(), each.age());
        }
    }

    private Map<Organization, Age> page(RunnerClassName runnerClass, long minute) {
        return pages.computeIfAbsent(runnerClass + "/" + minute, _ -> new TreeMap<>());
    }

    @Override
    public List<OrgLedger> readAll() {
        return new ArrayList<>(organizations.values());
    }
}
