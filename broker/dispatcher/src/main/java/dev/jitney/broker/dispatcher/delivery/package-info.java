/** Delivery to subscribers: attempts, backoff, order, replies and dead letters. */
@NullMarked
package dev.jitney.broker.dispatcher.delivery;

import org.jspecify.annotations.NullMarked;
