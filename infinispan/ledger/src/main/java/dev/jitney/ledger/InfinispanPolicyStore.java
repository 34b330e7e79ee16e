package dev.jitney.ledger;

import dev.jitney.core.policy.PolicyDocument;
import dev.jitney.ledger.stored.PolicyMapping;
import dev.jitney.ledger.stored.StoredPolicy;
import java.time.Duration;

/** The policy in the cache {@code policy} of Infinispan, under the key {@code policy}. */
public final class InfinispanPolicyStore extends KeyedPolicy {
    /**
     * A policy over a client that others may use, too.
     *
     * @param patience how long a read or an update may take
     */
    public InfinispanPolicyStore(LedgerClient client, Duration patience) {
        super(store(client), patience);
    }

    static VersionedStore<PolicyDocument> store(LedgerClient client) {
        return new HotRodStore<>(
                client::policyCache,
                PolicyMapping::toStored,
                stored -> PolicyMapping.fromStored((StoredPolicy) stored));
    }
}
