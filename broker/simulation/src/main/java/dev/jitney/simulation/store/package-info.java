/** Infinispan in memory: records, counters and locks, in virtual time and with its failures. */
@NullMarked
package dev.jitney.simulation.store;

import org.jspecify.annotations.NullMarked;
