package dev.jitney.simulation.broker;

import dev.jitney.reconciler.Workers;
import dev.jitney.simulation.engine.FunctionProcess;
import dev.jitney.simulation.engine.Nanos;
import java.util.Collection;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Several tasks of one process at the same time, in virtual time. */
public record VirtualWorkers(FunctionProcess process) implements Workers {
    private static final int AT_ONCE_MAX = 8;
    private static final long EVER = 24 * Nanos.HOUR;

    @Override
    public <T> void each(Collection<T> all, BooleanSupplier over, Consumer<T> work) {
        if (all.isEmpty()) {
            return;
        }
        Shared<T> shared = new Shared<>(all.iterator(), over, work);
        int some = Math.min(AT_ONCE_MAX, all.size());
        shared.left = some;
        for (int i = 0; i < some; i++) {
            process.timeline().begin(0, () -> shared.drain(process));
        }
        process.checkAlive();
        process.timeline().await(shared.done, EVER);
        process.checkAlive();
        RuntimeException failure = shared.failure;
        if (failure != null) {
            throw failure;
        }
    }

    private static final class Shared<T> {
        private final Iterator<T> items;
        private final BooleanSupplier over;
        private final Consumer<T> work;
        private final CompletableFuture<Boolean> done = new CompletableFuture<>();
        private int left;
        private @org.jspecify.annotations.Nullable RuntimeException failure;

        private Shared(Iterator<T> items, BooleanSupplier over, Consumer<T> work) {
            this.items = items;
            this.over = over;
            this.work = work;
        }

        void drain(FunctionProcess process) {
            while (!process.isDead() && items.hasNext() && !over.getAsBoolean()) {
                try {
                    work.accept(items.next());
                } catch (RuntimeException e) {
                    failure = e;
                }
            }
            if (--left == 0) {
                done.complete(true);
            }
        }
    }
}
