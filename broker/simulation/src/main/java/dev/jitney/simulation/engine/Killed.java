package dev.jitney.simulation.engine;

/** Ends a task whose process was killed. An error, so that no handler catches it by accident. */
public final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
        super("killed", null, false, false);
    }
}
