/** Knative in virtual time: the Triggers that ship, deliveries with retries, and the functions. */
@NullMarked
package dev.jitney.simulation.broker;

import org.jspecify.annotations.NullMarked;
