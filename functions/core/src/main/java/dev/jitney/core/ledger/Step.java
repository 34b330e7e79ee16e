package dev.jitney.core.ledger;

/**
 * The outcome of a pure transition: the record to store and what the caller is told.
 *
 * <p>A transition that changes nothing returns the very same record, so that the store can spare
 * the write.
 */
public record Step<L, R>(L next, R result) {}
