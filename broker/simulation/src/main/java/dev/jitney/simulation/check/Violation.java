package dev.jitney.simulation.check;

import java.util.List;

/** An invariant does not hold. */
public final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Invariant invariant;
    private final String at;
    private final int jobs;
    private final transient List<String> tail;

    /**
     * @param at virtual time
     * @param jobs how many had arrived by then
     * @param tail the last steps of those concerned, oldest first
     */
    public Violation(Invariant invariant, String at, int jobs, String message, List<String> tail) {
        super(invariant + " at " + at + ": " + message);
        this.invariant = invariant;
        this.at = at;
        this.jobs = jobs;
        this.tail = List.copyOf(tail);
    }

    public Invariant invariant() {
        return invariant;
    }

    public String at() {
        return at;
    }

    public int jobs() {
        return jobs;
    }

    public List<String> tail() {
        return tail;
    }
}
