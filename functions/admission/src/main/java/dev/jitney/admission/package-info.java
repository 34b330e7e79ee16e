/** Decides which job gets a runner: the function that takes the events of jobs and places. */
@NullMarked
package dev.jitney.admission;

import org.jspecify.annotations.NullMarked;
