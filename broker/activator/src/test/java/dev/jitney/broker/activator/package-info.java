@NullMarked
package dev.jitney.broker.activator;

import org.jspecify.annotations.NullMarked;
