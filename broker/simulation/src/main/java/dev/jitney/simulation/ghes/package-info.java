/** A GitHub Enterprise Server in memory: its jobs, its runners, its habits and its bad days. */
@NullMarked
package dev.jitney.simulation.ghes;

import org.jspecify.annotations.NullMarked;
