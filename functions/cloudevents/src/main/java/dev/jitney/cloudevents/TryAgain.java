package dev.jitney.cloudevents;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something the function needs does not work at the moment. The answer is 503, so the broker
 * delivers the event again until its retries are spent.
 *
 * <p>The message goes into the answer and from there into dead letters: it must not hold a secret.
 */
public final class TryAgain extends RuntimeException {
    private final @Nullable Duration retryAfter;

    public TryAgain(String message) {
        super(message);
        this.retryAfter = null;
    }

    public TryAgain(String message, Throwable cause) {
        super(message, cause);
        this.retryAfter = null;
    }

    /**
     * @param retryAfter how long it is of no use to try; only some brokers heed it, so it is advice
     */
    public TryAgain(String message, Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
