/** The store as beans of a function. Nothing is connected before the first event needs it. */
@NullMarked
package dev.jitney.ledger.cdi;

import org.jspecify.annotations.NullMarked;
