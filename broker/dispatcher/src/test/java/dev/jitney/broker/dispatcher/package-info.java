@NullMarked
package dev.jitney.broker.dispatcher;

import org.jspecify.annotations.NullMarked;
