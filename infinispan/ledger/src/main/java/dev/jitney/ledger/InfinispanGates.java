package dev.jitney.ledger;

import java.util.Map;

/**
 * The gates as strong bounded counters of Infinispan, shared by all processes.
 *
 * <p>{@code cluster} and {@code class/<name>} are defined on the server; any other counter is
 * defined on first use, with the limit of then as its ceiling, and lives as long as the servers do.
 * The client stays open when this goes.
 */
public final class InfinispanGates implements InspectableGates {
    private final CountedGates gates;

    public InfinispanGates(LedgerClient client) {
        this.gates = new CountedGates(new HotRodCounters(client));
    }

    @Override
    public Passage enter(String name, int bound) {
        return gates.enter(name, bound);
    }

    @Override
    public Passage leave(String name, int bound) {
        return gates.leave(name, bound);
    }

    @Override
    public void settle(Passage passage, boolean kept, int truth) {
        gates.settle(passage, kept, truth);
    }

    @Override
    public Map<String, Long> readAll() {
        return gates.readAll();
    }

    @Override
    public void set(String name, long truth) {
        gates.set(name, truth);
    }

    @Override
    public long errors() {
        return gates.errors();
    }
}
