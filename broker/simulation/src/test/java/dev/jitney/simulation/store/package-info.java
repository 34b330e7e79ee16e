@NullMarked
package dev.jitney.simulation.store;

import org.jspecify.annotations.NullMarked;
