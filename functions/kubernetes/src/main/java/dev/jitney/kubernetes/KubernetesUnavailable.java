package dev.jitney.kubernetes;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * No usable answer: 5xx, 429, 401, a conflict with another writer, a timeout or no connection. The
 * call may have taken effect. Repeat it: every call of {@link RunnerPods} may be repeated.
 */
public final class KubernetesUnavailable extends KubernetesFailure {
    private final @Nullable Duration retryAfter;

    public KubernetesUnavailable(
            String message, int status, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(message, status, cause);
        this.retryAfter = retryAfter;
    }

    /** How long the API server asked to wait, if it did. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
