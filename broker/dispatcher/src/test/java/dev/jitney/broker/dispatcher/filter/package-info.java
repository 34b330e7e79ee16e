@NullMarked
package dev.jitney.broker.dispatcher.filter;

import org.jspecify.annotations.NullMarked;
