/** Virtual time, threads of control in it, and chance. */
@NullMarked
package dev.jitney.simulation.engine;

import org.jspecify.annotations.NullMarked;
