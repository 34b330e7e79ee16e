@NullMarked
package dev.jitney.simulation.engine;

import org.jspecify.annotations.NullMarked;
