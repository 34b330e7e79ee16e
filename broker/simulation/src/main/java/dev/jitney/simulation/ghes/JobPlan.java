package dev.jitney.simulation.ghes;

/**
 * A job of the load, and what will happen to it. All times in virtual nanoseconds.
 *
 * @param at when it is created
 * @param run jobs with the same number belong to one run
 * @param duration how long it works on its runner
 * @param gate how long it waits at a deployment gate first; 0 for none
 * @param cancelAfter when it is cancelled, if it has not ended by then; negative for never
 * @param rerun whether it is run again after it has ended
 * @param large whether it wants a large runner
 */
public record JobPlan(
        long at,
        int run,
        String organization,
        String repository,
        long duration,
        long gate,
        long cancelAfter,
        boolean rerun,
        boolean large) {}
