package dev.jitney.ledger;

import dev.jitney.core.policy.PolicyDocument;
import java.time.Duration;

/** The policy in memory: for tests and simulations, gone with the process. */
public final class InMemoryPolicyStore extends KeyedPolicy {
    private final MemoryStore<PolicyDocument> store;

    public InMemoryPolicyStore() {
        this(new MemoryStore<>());
    }

    private InMemoryPolicyStore(MemoryStore<PolicyDocument> store) {
        super(store, Duration.ofSeconds(5));
        this.store = store;
    }

    /** Makes every call fail, or work again. */
    public void unavailable(boolean unavailable) {
        store.unavailable(unavailable);
    }
}
