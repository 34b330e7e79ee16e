/** What must always be true, checked at the moment of every change. */
@NullMarked
package dev.jitney.simulation.check;

import org.jspecify.annotations.NullMarked;
