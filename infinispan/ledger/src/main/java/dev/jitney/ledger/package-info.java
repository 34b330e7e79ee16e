/**
 * The ledgers and gates kept in Infinispan over Hot Rod, and their twins in memory.
 *
 * <p>The way of an update: {@link dev.jitney.ledger.KeyedWriter} gathers the callers of one key,
 * reads the record, applies their transitions and replaces it; {@link
 * dev.jitney.ledger.VersionedStore} is all it knows of the store.
 */
@NullMarked
package dev.jitney.ledger;

import org.jspecify.annotations.NullMarked;
