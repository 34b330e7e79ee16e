package dev.jitney.core.policy;

import dev.jitney.core.Policy;

/** Tells the policy of the moment. Neither method throws: the last one known is the answer then. */
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
