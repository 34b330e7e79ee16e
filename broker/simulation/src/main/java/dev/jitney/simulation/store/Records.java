package dev.jitney.simulation.store;

import dev.jitney.ledger.Versioned;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The records of one kind as the servers hold them. Tells a watch of every write. */
public final class Records<L> {
    private final Map<String, Versioned<L>> records = new TreeMap<>();
    private final Watch<L> watch;
    private long versions;

    /** Is told of each write at the moment it takes place, by whomever it may be acknowledged. */
    @FunctionalInterface
    public interface Watch<L> {
        /**
         * A record was written.
         *
         * @param before null for the first record of a key
         */
        void written(@Nullable L before, L after);
    }

    public Records(Watch<L> watch) {
        this.watch = watch;
    }

    @Nullable Versioned<L> get(String key) {
        return records.get(key);
    }

    boolean replace(String key, Versioned<L> seen, L next) {
        Versioned<L> before = records.get(key);
        if (before == null || before.version() != seen.version()) {
            return false;
        }
        records.put(key, new Versioned<>(++versions, next));
        watch.written(before.value(), next);
        return true;
    }

    boolean putIfAbsent(String key, L first) {
        Versioned<L> before = records.get(key);
        if (before != null) {
            return before.value().equals(first);
        }
        records.put(key, new Versioned<>(++versions, first));
        watch.written(null, first);
        return true;
    }

    /** A record from before the run. */
    public void known(String key, L record) {
        putIfAbsent(key, record);
    }

    /** What is kept under a key, else something other. */
    public L valueOf(String key, L otherwise) {
        Versioned<L> found = records.get(key);
        return found == null ? otherwise : found.value();
    }

    /** Written by somebody whose writes never fail. */
    public void put(String key, L record) {
        Versioned<L> before = records.put(key, new Versioned<>(++versions, record));
        watch.written(before == null ? null : before.value(), record);
    }

    /** The keys in their order. */
    public Collection<String> keys() {
        return records.keySet();
    }

    /** Everything is lost. */
    public void wipe() {
        records.clear();
    }
}
