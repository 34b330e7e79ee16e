package dev.jitney.reconciler;

import dev.jitney.core.Capacity;
import dev.jitney.core.Policy;
import dev.jitney.core.ledger.LedgerUnavailable;
import dev.jitney.core.ledger.Step;
import dev.jitney.core.policy.Policies;
import dev.jitney.core.policy.PolicyDocument;
import dev.jitney.core.policy.PolicyStore;
import dev.jitney.kubernetes.KubernetesFailure;
import dev.jitney.kubernetes.NodeReserve;
import dev.jitney.kubernetes.RunnerPods;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Writes down how many runners the nodes can hold, where the capacity follows them. What cannot be
 * seen or written now stays as it was until the next tick.
 */
@Singleton
public final class CapacityUpkeep {
    private static final Logger LOG = Logger.getLogger(CapacityUpkeep.class);

    private final Capacity capacity;
    private final RunnerPods pods;
    private final PolicyStore store;
    private final Policies policies;
    private final NodeReserve reserve;

    /**
     * @param reserve {@code JITNEY_CAPACITY_NODE_RESERVE}: left on each node to what is not ours
     */
    @Inject
    public CapacityUpkeep(
            Capacity capacity,
            RunnerPods pods,
            PolicyStore store,
            Policies policies,
            @ConfigProperty(name = "jitney.capacity-node-reserve", defaultValue = NodeReserve.USUAL)
                    NodeReserve reserve) {
        this.capacity = capacity;
        this.pods = pods;
        this.store = store;
        this.policies = policies;
        this.reserve = reserve;
    }

    /**
     * Looks at the nodes.
     *
     * @return the policy, with what was seen
     */
    Policy policy() {
        try {
            OptionalInt room =
                    switch (capacity) {
                        case Capacity.Auto _ -> OptionalInt.of(pods.room(reserve));
                        case Capacity.Fixed _ -> OptionalInt.empty();
                    };
            if (store.update(document -> seen(document, room))) {
                LOG.infof("capacity follows the nodes room=%s", room);
                return policies.fresh();
            }
        } catch (KubernetesFailure | LedgerUnavailable e) {
            LOG.warnf("left to the next tick reason=CAPACITY cause=%s", e.getMessage());
        }
        return policies.current();
    }

    private static Step<PolicyDocument, Boolean> seen(PolicyDocument document, OptionalInt room) {
        return new Step<>(document.withRoom(room), !document.room().equals(room));
    }
}
