package dev.jitney.ledger;

import dev.jitney.core.Organization;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.ledger.Adoption;
import dev.jitney.core.ledger.Age;
import dev.jitney.core.ledger.ClusterLedger;
import dev.jitney.core.ledger.Filed;
import dev.jitney.core.ledger.LedgerUnavailable;
import dev.jitney.core.ledger.Ledgers;
import dev.jitney.core.ledger.OrgLedger;
import dev.jitney.core.ledger.Place;
import dev.jitney.core.ledger.Step;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The ledgers in memory: for tests and simulations, gone with the process. */
public final class InMemoryLedgers implements Ledgers {
    private final MemoryStore<OrgLedger> organizations = new MemoryStore<>();
    private final MemoryStore<ClusterLedger> cluster = new MemoryStore<>();
    private final MemoryStore<Page> pages = new MemoryStore<>();
    private final KeyedLedgers ledgers =
            new KeyedLedgers(organizations, cluster, pages, Duration.ofSeconds(5));
    private volatile boolean unavailable;

    /** Ledgers that may be believed: nothing runs yet. */
    public static InMemoryLedgers opened() {
        var ledgers = new InMemoryLedgers();
        ledgers.change(ledger -> Adoption.opened(ledger, List.of()));
        return ledgers;
    }

    /** Forgets everything, as a store that lost all its members. */
    public void wipe() {
        organizations.clear();
        cluster.clear();
        pages.clear();
    }

    /** Makes every call fail, or work again. */
    public void unavailable(boolean unavailable) {
        this.unavailable = unavailable;
    }

    @Override
    public <R> R update(
            Organization organization, Function<OrgLedger, Step<OrgLedger, R>> transition) {
        return reached().update(organization, transition);
    }

    @Override
    public TurnTaken update(Function<ClusterLedger, Step<ClusterLedger, List<Place>>> transition) {
        return reached().update(transition);
    }

    @Override
    public OrgLedger read(Organization organization) {
        return reached().read(organization);
    }

    @Override
    public ClusterLedger readCluster() {
        return reached().readCluster();
    }

    @Override
    public List<OrgLedger> readAll() {
        reached();
        return organizations.all().stream()
                .sorted(Comparator.comparing(OrgLedger::organization))
                .toList();
    }

    @Override
    public boolean file(RunnerClassName runnerClass, Map<Organization, Age> back, Age from) {
        return reached().file(runnerClass, back, from);
    }

    @Override
    public List<Filed> filed(RunnerClassName runnerClass, long minute) {
        return reached().filed(runnerClass, minute);
    }

    @Override
    public void unfile(RunnerClassName runnerClass, Collection<Filed> notes) {
        reached().unfile(runnerClass, notes);
    }

    private KeyedLedgers reached() {
        if (unavailable) {
            throw new LedgerUnavailable(
                    "made unavailable", new IllegalStateException("unavailable"));
        }
        return ledgers;
    }
}
