package dev.jitney.reconciler;

import java.util.Collection;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Does many slow things a few at a time: one that waits for a timeout must not hold up the rest.
 */
final class InParallel implements Workers {
    private static final int AT_ONCE_MAX = 8;

    @Override
    public <T> void each(Collection<T> all, BooleanSupplier over, Consumer<T> work) {
        Semaphore places = new Semaphore(AT_ONCE_MAX);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (T each : all) {
                places.acquireUninterruptibly();
                if (over.getAsBoolean()) {
                    return;
                }
                threads.execute(
                        () -> {
                            try {
                                work.accept(each);
                            } finally {
                                places.release();
                            }
                        });
            }
        }
    }
}
