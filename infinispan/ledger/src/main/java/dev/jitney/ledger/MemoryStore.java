package dev.jitney.ledger;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Versioned records in memory. */
final class MemoryStore<L> implements VersionedStore<L> {
    private final Map<String, Versioned<L>> records = new ConcurrentHashMap<>();
    private final AtomicLong versions = new AtomicLong();

    @Override
    public @Nullable Versioned<L> get(String key, Deadline deadline) {
        return records.get(key);
    }

    @Override
    public boolean replace(String key, Versioned<L> seen, L next, Deadline deadline) {
        return records.replace(key, seen, versioned(next));
    }

    @Override
    public boolean putIfAbsent(String key, L first, Deadline deadline) {
        Versioned<L> previous = records.putIfAbsent(key, versioned(first));
        return previous == null || previous.value().equals(first);
    }

    void clear() {
        records.clear();
    }

    List<L> all() {
        return records.values().stream().map(Versioned::value).toList();
    }

    private Versioned<L> versioned(L value) {
        return new Versioned<>(versions.incrementAndGet(), value);
    }
}
