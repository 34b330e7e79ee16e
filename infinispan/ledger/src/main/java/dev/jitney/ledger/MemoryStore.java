package dev.jitney.ledger;

import dev.jitney.core.ledger.LedgerUnavailable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Versioned records in memory. */
final class MemoryStore<L> implements VersionedStore<L> {
    private final Map<String, Versioned<L>> records = new ConcurrentHashMap<>();
    private final AtomicLong versions = new AtomicLong();
    private volatile boolean unavailable;

    @Override
    public @Nullable Versioned<L> get(String key, Deadline deadline) {
        reach();
        return records.get(key);
    }

    @Override
    public boolean replace(String key, Versioned<L> seen, L next, Deadline deadline) {
        reach();
        return records.replace(key, seen, versioned(next));
    }

    @Override
    public boolean putIfAbsent(String key, L first, Deadline deadline) {
        reach();
        Versioned<L> previous = records.putIfAbsent(key, versioned(first));
        return previous == null || previous.value().equals(first);
    }

    /** Makes every call fail, or work again. */
    void unavailable(boolean unavailable) {
        this.unavailable = unavailable;
    }

    private void reach() {
        if (unavailable) {
            throw new LedgerUnavailable(
                    "made unavailable", new IllegalStateException("unavailable"));
        }
    }

    void clear() {
        records.clear();
    }

    List<L> all() {
        reach();
        return records.values().stream().map(Versioned::value).toList();
    }

    private Versioned<L> versioned(L value) {
        return new Versioned<>(versions.incrementAndGet(), value);
    }
}
