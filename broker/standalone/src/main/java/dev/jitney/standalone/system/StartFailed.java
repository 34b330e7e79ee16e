package dev.jitney.standalone.system;

/** The system cannot start, for a reason that one line tells a person. */
public final class StartFailed extends RuntimeException {
    public StartFailed(String message) {
        super(message);
    }

    public StartFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
