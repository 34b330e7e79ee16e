/** The HTTP door of the Brokers: what is a CloudEvent, what is stored, what is refused. */
@NullMarked
package dev.jitney.broker.dispatcher.ingress;

import org.jspecify.annotations.NullMarked;
