/** Finds what events have missed: a pure comparison of the ledgers with pods and counters. */
@NullMarked
package dev.jitney.core.reconcile;

import org.jspecify.annotations.NullMarked;
