/**
 * GitHub Enterprise Server in memory: the REST paths and webhooks Jitney meets, with GitHub's
 * habits and, on request, its bad days.
 *
 * <p>Everything that changes state runs on one event loop, so nothing here is synchronized. Virtual
 * durations (jobs, loads, gates) pass {@code speed} times as fast as real time; deadlines of HTTP
 * stay real.
 */
@NullMarked
package dev.jitney.ghes.simulator;

import org.jspecify.annotations.NullMarked;
