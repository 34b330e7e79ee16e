package dev.jitney.store;

import dev.jitney.core.Policy;
import dev.jitney.core.policy.Policies;
import dev.jitney.ledger.InfinispanPolicyStore;
import dev.jitney.ledger.LedgerClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The policy of the moment. Reads {@code JITNEY_POLICY_SEED} (the text of a policy file, what a
 * store without a policy begins with) and {@code JITNEY_POLICY_EVERY} (how long a reading of the
 * store is good for).
 */
@Singleton
final class PolicyBeans {
    /** A store that takes longer is treated like one that is away: the last policy holds. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @Produces
    @Singleton
    Policies policies(
            LedgerClient client,
            Policy configured,
            @ConfigProperty(name = "jitney.policy-seed") Optional<String> seed,
            @ConfigProperty(name = "jitney.policy-every", defaultValue = "1s") Duration every) {
        return new StoredPolicies(
                new InfinispanPolicyStore(client, PATIENCE),
                configured,
                PolicyYaml.read("JITNEY_POLICY_SEED", seed.orElse("")),
                every,
                System::nanoTime,
                InstantSource.system(),
                new ReentrantLock());
    }

    /** A seed that cannot be read stops the start, not the first event. */
    void validate(
            @Observes @Initialized(ApplicationScoped.class) Object event, Policies policies) {}
}
