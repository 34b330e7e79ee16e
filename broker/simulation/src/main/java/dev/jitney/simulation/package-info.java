/**
 * The whole system in virtual time from one seed: the functions as they ship, the outside world as
 * twins in memory, and the invariants checked after every step.
 */
@NullMarked
package dev.jitney.simulation;

import org.jspecify.annotations.NullMarked;
