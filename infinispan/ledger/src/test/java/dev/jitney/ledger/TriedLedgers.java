package dev.jitney.ledger;

import dev.jitney.core.ledger.ClusterLedger;
import dev.jitney.core.ledger.OrgLedger;
import java.time.Duration;
import java.util.List;

/** Ledgers over stores that a test watches or breaks. */
final class TriedLedgers extends KeyedLedgers {
    TriedLedgers(
            VersionedStore<OrgLedger> organizations,
            VersionedStore<ClusterLedger> cluster,
            VersionedStore<Page> pages,
            Duration patience) {
        super(organizations, cluster, pages, patience);
    }

    @Override
    public List<OrgLedger> readAll() {
        throw new UnsupportedOperationException("no event reads all ledgers");
    }
}
