package dev.jitney.ledger;

import dev.jitney.core.ledger.LedgerUnavailable;
import dev.jitney.core.ledger.Step;
import dev.jitney.core.policy.PolicyDocument;
import java.time.Duration;
import java.util.function.Function;

/** The policy in memory: for tests and simulations, gone with the process. */
public final class InMemoryPolicyStore extends KeyedPolicy {
    private volatile boolean unavailable;

    public InMemoryPolicyStore() {
        super(new MemoryStore<>(), Duration.ofSeconds(5));
    }

    /** Makes every call fail, or work again. */
    public void unavailable(boolean unavailable) {
        this.unavailable = unavailable;
    }

    @Override
    public PolicyDocument read() {
        reach();
        return super.read();
    }

    @Override
    public <R> R update(Function<PolicyDocument, Step<PolicyDocument, R>> transition) {
        reach();
        return super.update(transition);
    }

    private void reach() {
        if (unavailable) {
            throw new LedgerUnavailable(
                    "made unavailable", new IllegalStateException("unavailable"));
        }
    }
}
