@NullMarked
package dev.jitney.broker.dispatcher.delivery;

import org.jspecify.annotations.NullMarked;
