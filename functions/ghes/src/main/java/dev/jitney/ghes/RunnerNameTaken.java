package dev.jitney.ghes;

/**
 * A runner of this name is registered already (409), by an earlier call whose answer was lost or by
 * somebody else. Asking again gives the same answer until that runner is removed.
 */
public final class RunnerNameTaken extends GhesException {

    public RunnerNameTaken(String name) {
        super("a runner of this name exists: " + name, null);
    }
}
