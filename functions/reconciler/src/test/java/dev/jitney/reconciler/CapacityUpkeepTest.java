package dev.jitney.reconciler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.jitney.core.Capacity;
import dev.jitney.core.Policy;
import dev.jitney.core.policy.Policies;
import dev.jitney.core.policy.PolicyDocument;
import dev.jitney.kubernetes.NodeReserve;
import dev.jitney.ledger.InMemoryPolicyStore;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CapacityUpkeepTest {
    private final VirtualPods pods = new VirtualPods(InstantSource.system());
    private final InMemoryPolicyStore store = new InMemoryPolicyStore();

    /** As stored, over nothing configured. */
    private Policies policies(Capacity capacity) {
        return new Policies() {
            @Override
            public Policy current() {
                return fresh();
            }

            @Override
            public Policy fresh() {
                return store.read().over(new Policy(0, 10, List.of()), capacity);
            }
        };
    }

    private Policy tick(Capacity capacity) {
        return new CapacityUpkeep(capacity, pods, store, policies(capacity), NodeReserve.of(""))
                .policy();
    }

    @Test
    void whatTheNodesCanHoldIsStored_andHoldsAtOnce() {
        Capacity auto = new Capacity.Auto(2, 50);
        pods.room = 30;
        assertEquals(32, tick(auto).openCapacity());
        assertEquals(OptionalInt.of(30), store.read().room());

        pods.room = 28;
        assertEquals(30, tick(auto).openCapacity());
        pods.room = 60;
        assertEquals(50, tick(auto).openCapacity());
    }

    @Test
    void aTickThatSeesTheSameWritesNothing() {
        Capacity auto = new Capacity.Auto(2, 50);
        pods.room = 30;
        tick(auto);
        PolicyDocument stored = store.read();
        tick(auto);
        assertSame(stored, store.read());
    }

    @Test
    void whileNobodyCanSeeTheNodes_theLastNumberHolds() {
        Capacity auto = new Capacity.Auto(2, 50);
        pods.room = 30;
        tick(auto);
        pods.silent = true;
        assertEquals(32, tick(auto).openCapacity());
    }

    @Test
    void aFixedCapacityAsksNobody_andForgetsWhatWasSeen() {
        pods.room = 30;
        tick(new Capacity.Auto(2, 50));
        pods.silent = true;
        assertEquals(200, tick(new Capacity.Fixed(200)).openCapacity());
        assertEquals(OptionalInt.empty(), store.read().room());
    }
}
