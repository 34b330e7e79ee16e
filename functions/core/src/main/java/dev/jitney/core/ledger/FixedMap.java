package dev.jitney.core.ledger;

import java.util.AbstractMap;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A map that never changes and keeps its order. What is one already is taken as it is, so that a
 * step copies only the part of a record that it changes.
 */
final class FixedMap<K, V> extends AbstractMap<K, V> {
    private final Map<K, V> entries;

    private FixedMap(Map<K, V> entries) {
        this.entries = entries;
    }

    static <K, V> Map<K, V> of(Map<K, V> map) {
        return map instanceof FixedMap<K, V> ? map : new FixedMap<>(new LinkedHashMap<>(map));
    }

    @Override
    public Set<Entry<K, V>> entrySet() {
        return Collections.unmodifiableMap(entries).entrySet();
    }

    @Override
    public Set<K> keySet() {
        return Collections.unmodifiableSet(entries.keySet());
    }

    @Override
    public Collection<V> values() {
        return Collections.unmodifiableCollection(entries.values());
    }

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public @Nullable V get(@Nullable Object key) {
        return entries.get(key);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return entries.containsKey(key);
    }
}
