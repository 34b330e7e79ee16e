package dev.jitney.ledger;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The moment at which waiting ends.
 *
 * @param nanoTime as {@code waiting} counts
 */
public record Deadline(long nanoTime, Waiting waiting) {

    static Deadline in(Duration duration) {
        return in(duration, Waiting.REAL);
    }

    static Deadline in(Duration duration, Waiting waiting) {
        return new Deadline(waiting.nanoTime() + duration.toNanos(), waiting);
    }

    /** Time left; never negative. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, nanoTime - waiting.nanoTime()));
    }

    /** Waits for an answer as long as there is time. */
    <T extends @Nullable Object> T await(CompletableFuture<T> answer)
            throws InterruptedException, ExecutionException, TimeoutException {
        return waiting.await(answer, left());
    }

    /**
     * Waits a moment before the next attempt.
     *
     * @return false when there is no time left for one, or the thread is interrupted
     */
    boolean pause(Duration moment) {
        if (left().compareTo(moment) <= 0) {
            return false;
        }
        try {
            waiting.sleep(moment);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
