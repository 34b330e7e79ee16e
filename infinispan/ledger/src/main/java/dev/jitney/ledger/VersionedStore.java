package dev.jitney.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Records of one kind that are replaced only by whoever saw the latest version.
 *
 * <p>Every method throws a {@link RuntimeException} when there is no answer before the deadline; a
 * write may have taken place then, or may still. A write may also answer "no" although it took
 * place, when the store repeated it by itself after the loss of a server.
 */
public interface VersionedStore<L> {

    /** The record, or null when there is none. */
    @Nullable Versioned<L> get(String key, Deadline deadline);

    /** Replaces the record if it still is the one that was seen. */
    boolean replace(String key, Versioned<L> seen, L next, Deadline deadline);

    /** Stores the first record of a key. True also when the store holds an equal one already. */
    boolean putIfAbsent(String key, L first, Deadline deadline);
}
