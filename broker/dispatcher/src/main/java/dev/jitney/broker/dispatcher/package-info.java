/** A Knative Broker for one computer: durable ingress, filters, retries and dead letters. */
@NullMarked
package dev.jitney.broker.dispatcher;

import org.jspecify.annotations.NullMarked;
