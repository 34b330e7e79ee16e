package dev.jitney.ghes;

import org.jspecify.annotations.Nullable;

/**
 * A call that GHES did not perform, or of which it is not known whether it did. Messages hold the
 * method, the path and what the server gave as the reason; never a token or a configuration.
 */
public abstract sealed class GhesException extends RuntimeException
        permits RunnerNameTaken, GhesRefused, GhesUnavailable {

    GhesException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
