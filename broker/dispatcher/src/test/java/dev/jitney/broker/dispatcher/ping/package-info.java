@NullMarked
package dev.jitney.broker.dispatcher.ping;

import org.jspecify.annotations.NullMarked;
