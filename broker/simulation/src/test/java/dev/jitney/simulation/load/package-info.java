@NullMarked
package dev.jitney.simulation.load;

import org.jspecify.annotations.NullMarked;
