package dev.jitney.ledger;

/**
 * A record and the version the store gave it. Versions are compared by the store only.
 *
 * @param version opaque; never the same for two writes of one key
 */
public record Versioned<L>(long version, L value) {}
