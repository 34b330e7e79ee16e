@NullMarked
package dev.jitney.broker.dispatcher.log;

import org.jspecify.annotations.NullMarked;
