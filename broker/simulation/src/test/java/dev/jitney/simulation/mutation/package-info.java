/** Breaks the code on purpose, to see that the simulation notices. */
@NullMarked
package dev.jitney.simulation.mutation;

import org.jspecify.annotations.NullMarked;
