package dev.jitney.ledger;

import java.util.Map;

/** The gates in memory: for tests and simulations, which can make them lie, lose or go silent. */
public final class InMemoryGates implements InspectableGates {
    private final MemoryCounters counters = new MemoryCounters();
    private final CountedGates gates = new CountedGates(counters);

    /** Makes every counter silent, or answer again. */
    public void unavailable(boolean unavailable) {
        counters.unavailable(unavailable);
    }

    /** Loses a counter. {@link #set} makes one lie. */
    public void forget(String name) {
        counters.forget(name);
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
