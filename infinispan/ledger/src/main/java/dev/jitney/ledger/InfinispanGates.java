package dev.jitney.ledger;

/**
 * The gates as strong bounded counters of Infinispan, shared by all processes.
 *
 * <p>{@code cluster} and {@code class/<name>} are defined on the server; any other counter is
 * defined on first use, with the limit of then as its ceiling, and lives as long as the servers do.
 * The client stays open when this goes.
 */
public final class InfinispanGates extends CountedGates {
    public InfinispanGates(LedgerClient client) {
        super(new HotRodCounters(client));
    }
}
