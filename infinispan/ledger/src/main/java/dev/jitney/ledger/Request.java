package dev.jitney.ledger;

import dev.jitney.core.ledger.Step;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One caller's part of a batch. Written by the one thread that leads the key's batch, read by its
 * caller once it is done.
 */
final class Request<L, R> {
    private final Function<? super L, Step<L, R>> transition;
    private @Nullable Step<L, R> step;
    private @Nullable Throwable failure;
    private @Nullable Applied<L, R> applied;
    private volatile boolean done;
    private final CompletableFuture<Void> called = new CompletableFuture<>();

    Request(Function<? super L, Step<L, R>> transition) {
        this.transition = transition;
    }

    /** What an update led to, and the record that was stored with it. */
    record Applied<L, R>(R result, L after) {}

    /** Applies the transition to a record. What it throws concerns its own caller only. */
    L apply(L before) {
        failure = null;
        try {
            Step<L, R> next = transition.apply(before);
            step = next;
            return next.next();
        } catch (RuntimeException | Error e) {
            failure = e;
            return before;
        }
    }

    /** The last attempt was stored. */
    void stored(L after) {
        Step<L, R> last = step;
        if (failure == null && last != null) {
            applied = new Applied<>(last.result(), after);
        }
        finish();
    }

    /** There will be no further attempt. */
    void failed(Throwable reason) {
        failure = reason;
        finish();
    }

    private void finish() {
        done = true;
        called.complete(null);
    }

    /** Wakes its caller, who leads the next batch. */
    void lead() {
        called.complete(null);
    }

    /** Whether its caller was told to lead, or that it is done. */
    boolean isCalled() {
        return called.isDone();
    }

    /** Waits until it is done or to lead; false when neither came in time. */
    boolean awaitCall(Deadline deadline) {
        try {
            var _ = deadline.await(called);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        }
    }

    boolean isDone() {
        return done;
    }

    Applied<L, R> outcome() {
        Applied<L, R> outcome = applied;
        if (outcome != null) {
            return outcome;
        }
        switch (failure) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null, default -> throw new IllegalStateException("not done", failure);
        }
    }
}
