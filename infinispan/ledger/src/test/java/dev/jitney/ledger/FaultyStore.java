package dev.jitney.ledger;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A store whose next writes go wrong as told, and that counts its calls. */
final class FaultyStore<L> implements VersionedStore<L> {
    final AtomicInteger reads = new AtomicInteger();
    final AtomicInteger writes = new AtomicInteger();
    private final VersionedStore<L> store;
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();

    /** What a write does instead of what it should. */
    enum Fault {
        /** Takes place, but answers "no": repeated by the client after the loss of a server. */
        DONE_BUT_REFUSED,
        DONE_BUT_THROWS,
        NOT_DONE_THROWS,
        NOT_DONE_REFUSED
    }

    FaultyStore(VersionedStore<L> store) {
        this.store = store;
    }

    FaultyStore<L> next(Fault... next) {
        for (Fault fault : next) {
            faults.add(fault);
        }
        return this;
    }

    @Override
    public @Nullable Versioned<L> get(String key, Deadline deadline) {
        reads.incrementAndGet();
        return store.get(key, deadline);
    }

    @Override
    public boolean replace(String key, Versioned<L> seen, L next, Deadline deadline) {
        return write(() -> store.replace(key, seen, next, deadline));
    }

    @Override
    public boolean putIfAbsent(String key, L first, Deadline deadline) {
        return write(() -> store.putIfAbsent(key, first, deadline));
    }

    private boolean write(BooleanSupplier write) {
        writes.incrementAndGet();
        Fault fault = faults.poll();
        if (fault == null) {
            return write.getAsBoolean();
        }
        return switch (fault) {
            case DONE_BUT_REFUSED -> {
                var _ = write.getAsBoolean();
                yield false;
            }
            case DONE_BUT_THROWS -> {
                var _ = write.getAsBoolean();
                throw new NoAnswer("lost", null);
            }
            case NOT_DONE_THROWS -> throw new NoAnswer("lost", null);
            case NOT_DONE_REFUSED -> false;
        };
    }
}
