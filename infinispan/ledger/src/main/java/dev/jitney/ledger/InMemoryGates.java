package dev.jitney.ledger;

/** The gates in memory: for tests and simulations, which can make them lie, lose or go silent. */
public final class InMemoryGates extends CountedGates {
    private final MemoryCounters counters;

    public InMemoryGates() {
        this(new MemoryCounters());
    }

    private InMemoryGates(MemoryCounters counters) {
        super(counters);
        this.counters = counters;
    }

    /** Makes every counter silent, or answer again. */
    public void unavailable(boolean unavailable) {
        counters.unavailable(unavailable);
    }

    /** Loses a counter. {@link #set} makes one lie. */
    public void forget(String name) {
        counters.forget(name);
    }
}
