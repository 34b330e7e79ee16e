package dev.jitney.reconciler;

import java.util.Collection;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Does many slow things a few at a time: one that waits for a timeout must not hold up the rest.
 */
public final class InParallel implements Workers {
    private static final int AT_ONCE_MAX = 8;

    private final Executor executor;

    /**
     * @param executor what runs each thing: {@code Thread::startVirtualThread} in a function,
     *     {@code Runnable::run} where everything must happen in order, one after the other
     */
    public InParallel(Executor executor) {
        this.executor = executor;
    }

    @Override
    public <T> void each(Collection<T> all, BooleanSupplier over, Consumer<T> work) {
        Semaphore places = new Semaphore(AT_ONCE_MAX);
        for (T each : all) {
            places.acquireUninterruptibly();
            if (over.getAsBoolean()) {
                places.release();
                break;
            }
            begin(() -> work.accept(each), places);
        }
        places.acquireUninterruptibly(AT_ONCE_MAX);
    }

    private void begin(Runnable work, Semaphore places) {
        executor.execute(
                () -> {
                    try {
                        work.run();
                    } finally {
                        places.release();
                    }
                });
    }
}
