package dev.jitney.ledger;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jitney.core.ledger.LedgerUnavailable;
import dev.jitney.core.policy.PolicyStore;
import org.junit.jupiter.api.Test;

class InMemoryPolicyStoreTest extends PolicyStoreContract {
    private final InMemoryPolicyStore store = new InMemoryPolicyStore();

    @Override
    PolicyStore store() {
        return store;
    }

    @Test
    void canBeMadeUnavailable() {
        store.unavailable(true);

        assertThrows(LedgerUnavailable.class, store::read);
    }
}
