package dev.jitney.ledger;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The store failed to answer one call; its outcome is unknown. */
public final class NoAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NoAnswer(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Waits for an answer until the deadline. */
    static <T extends @Nullable Object> T await(CompletableFuture<T> answer, Deadline deadline) {
        try {
            return deadline.await(answer);
        } catch (ExecutionException e) {
            throw new NoAnswer("the call failed", e.getCause());
        } catch (TimeoutException e) {
            throw new NoAnswer("no answer in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswer("interrupted", e);
        }
    }
}
