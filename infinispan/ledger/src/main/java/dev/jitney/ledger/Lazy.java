package dev.jitney.ledger;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A thing that is made on a thread of its own when first wanted, and again after a failure. */
final class Lazy<T> {
    private final Supplier<T> maker;
    private @Nullable CompletableFuture<T> made;

    Lazy(Supplier<T> maker) {
        this.maker = maker;
    }

    synchronized CompletableFuture<T> get() {
        CompletableFuture<T> now = made;
        if (now == null || now.isCompletedExceptionally()) {
            now = CompletableFuture.supplyAsync(maker, Thread::startVirtualThread);
            made = now;
        }
        return now;
    }

    /** The thing, if it has been made. */
    synchronized @Nullable T ifMade() {
        return made == null || made.isCompletedExceptionally() ? null : made.getNow(null);
    }
}
