package dev.jitney.ledger;

import dev.jitney.core.ledger.Adoption;
import dev.jitney.core.ledger.ClusterLedger;
import dev.jitney.core.ledger.OrgLedger;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** The ledgers in memory: for tests and simulations, gone with the process. */
public final class InMemoryLedgers extends KeyedLedgers {
    private final MemoryStore<OrgLedger> organizations;
    private final MemoryStore<ClusterLedger> cluster;
    private final MemoryStore<Page> pages;

    public InMemoryLedgers() {
        this(new MemoryStore<>(), new MemoryStore<>(), new MemoryStore<>());
    }

    private InMemoryLedgers(
            MemoryStore<OrgLedger> organizations,
            MemoryStore<ClusterLedger> cluster,
            MemoryStore<Page> pages) {
        super(organizations, cluster, pages, Duration.ofSeconds(5));
        this.organizations = organizations;
        this.cluster = cluster;
        this.pages = pages;
    }

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
        organizations.unavailable(unavailable);
        cluster.unavailable(unavailable);
        pages.unavailable(unavailable);
    }

    @Override
    public List<OrgLedger> readAll() {
        return organizations.all().stream()
                .sorted(Comparator.comparing(OrgLedger::organization))
                .toList();
    }
}
