package dev.jitney.ledger;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jitney.core.ledger.ClusterLedger;
import dev.jitney.core.ledger.LedgerUnavailable;
import dev.jitney.core.ledger.Ledgers;
import dev.jitney.core.ledger.OrgLedger;
import org.junit.jupiter.api.Test;

class InMemoryLedgersTest extends LedgersContract {
    private final InMemoryLedgers ledgers = new InMemoryLedgers();

    @Override
    Ledgers ledgers() {
        return ledgers;
    }

    @Override
    VersionedStore<OrgLedger> organizationStore() {
        return new MemoryStore<>();
    }

    @Override
    VersionedStore<ClusterLedger> clusterStore() {
        return new MemoryStore<>();
    }

    @Override
    VersionedStore<Page> pageStore() {
        return new MemoryStore<>();
    }

    @Test
    void canBeMadeUnavailable() {
        ledgers.unavailable(true);

        assertThrows(LedgerUnavailable.class, () -> ledgers.read(Samples.org(1)));
        assertThrows(LedgerUnavailable.class, ledgers::readAll);
    }
}
