/** What arrives at a run: an office day, a load profile, or the jobs of a recorded journal. */
@NullMarked
package dev.jitney.simulation.load;

import org.jspecify.annotations.NullMarked;
