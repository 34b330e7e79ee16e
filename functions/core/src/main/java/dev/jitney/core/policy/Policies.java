package dev.jitney.core.policy;

import dev.jitney.core.Policy;

/**
 * Tells the policy of the moment. While the store is silent the last one known is the answer, but
 * for half a minute only: then, and when none was ever read, both methods throw {@link
 * dev.jitney.core.ledger.LedgerUnavailable}, and the event comes again.
 */
public interface Policies {

    /** The policy, perhaps a second old. To be asked once for each event. */
    Policy current();

    /** The policy as it is stored now. */
    Policy fresh();

    /** Always the same policy. */
    static Policies always(Policy policy) {
        return new Policies() {
            @Override
            public Policy current() {
                return policy;
            }

            @Override
            public Policy fresh() {
                return policy;
            }
        };
    }
}
