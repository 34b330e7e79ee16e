package dev.jitney.ghes;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * GHES could not answer now: 5xx, 429, 403 with rate limit headers, a timeout, a broken connection,
 * or an answer that cannot be read. Retryable. The call may have taken effect.
 */
public final class GhesUnavailable extends GhesException {
    private final @Nullable Duration retryAfter;

    public GhesUnavailable(String message, Optional<Duration> retryAfter) {
        super(message, null);
        this.retryAfter = retryAfter.orElse(null);
    }

    public GhesUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.retryAfter = null;
    }

    /** How long the server asks to wait; empty if it does not say. Never negative. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
