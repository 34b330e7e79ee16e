package dev.jitney.ghes.simulator;

import java.time.Instant;

/**
 * Told what happens inside the simulator, as the truth to compare others with. Called on the event
 * loop: must return at once, and may call back into the simulator. Organizations are lower-case
 * logins.
 */
public interface GhesObserver {

    /** Does nothing. */
    GhesObserver NONE = new GhesObserver() {};

    /** A job wants a runner. Not called again when a gate lets it go on. */
    default void jobQueued(long jobId, String organization) {}

    /** A webhook about the job was answered 2xx. Duplicates are told too. */
    default void webhookAccepted(long jobId, String action, Instant at) {}

    /** A runner took the job. */
    default void jobStarted(long jobId, String runner) {}

    /** The job ended, such as with {@code success}, {@code failure} or {@code cancelled}. */
    default void jobCompleted(long jobId, String conclusion) {}

    /** A registration was made. */
    default void runnerRegistered(String organization, String name) {}

    /** A registration was removed, by a call or because its job is done. */
    default void runnerRemoved(String organization, String name) {}

    /** A configuration was asked for, before any fault and whether it is granted or not. */
    default void jitRequested(String organization, String name) {}
}
