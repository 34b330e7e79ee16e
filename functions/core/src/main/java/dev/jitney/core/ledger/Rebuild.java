package dev.jitney.core.ledger;

import java.time.Instant;

/**
 * Whether the cluster's ledger may be believed. A store that lost everything looks like a store
 * that never held anything; to grant places from it would run twice what runs already. So a ledger
 * without a record grants nothing until somebody has looked at what is there.
 */
public sealed interface Rebuild {
    /** There is no record: the store is new, or lost it. Nothing is granted. */
    record Needed() implements Rebuild {}

    /**
     * The record is there again but says nothing about the runners that live. Nothing is granted.
     *
     * @param since when the loss was noticed; whoever was at work then for a lease that is lost has
     *     to be done before the runners are counted
     */
    record Begun(Instant since) implements Rebuild {}

    /** Every runner that lives has its place. */
    record Done() implements Rebuild {}
}
