/**
 * The ledgers as they are stored: ProtoStream messages of the package {@code jitney.ledger.v1}, and
 * the way to and from the records of the core.
 *
 * <p>Field numbers are for ever. A field may be added with a new number; readers that do not know
 * it skip it, and records without it are read with its default. Nothing else may change within v1.
 */
@NullMarked
package dev.jitney.ledger.stored;

import org.jspecify.annotations.NullMarked;
