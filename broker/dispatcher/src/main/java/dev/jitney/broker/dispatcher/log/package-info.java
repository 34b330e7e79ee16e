/** The durable log: an accepted event outlives the process that accepted it. */
@NullMarked
package dev.jitney.broker.dispatcher.log;

import org.jspecify.annotations.NullMarked;
