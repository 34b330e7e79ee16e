package dev.jitney.simulation.check;

import java.util.Iterator;
import java.util.Map;
import java.util.function.BiConsumer;

/** What changed between two versions of a map that keeps the order of its insertions. */
final class Walk {
    private Walk() {}

    /** A difference in one key. */
    interface Changes<K, V> {
        void removed(K key, V before);

        void put(K key, V after);
    }

    static <K, V> Changes<K, V> of(BiConsumer<K, V> removed, BiConsumer<K, V> put) {
        return new Changes<>() {
            @Override
            public void removed(K key, V before) {
                removed.accept(key, before);
            }

            @Override
            public void put(K key, V after) {
                put.accept(key, after);
            }
        };
    }

    /**
     * Walks along both at once: what is unchanged is the same object in the same order. A key whose
     * value changed is put; one that went and came again is removed and put.
     */
    @SuppressWarnings("ReferenceEquality")
    static <K, V> void changes(Map<K, V> before, Map<K, V> after, Changes<K, V> changes) {
        if (before == after) {
            return;
        }
        Iterator<Map.Entry<K, V>> old = before.entrySet().iterator();
        Iterator<Map.Entry<K, V>> young = after.entrySet().iterator();
        while (young.hasNext()) {
            Map.Entry<K, V> next = young.next();
            boolean found = false;
            while (!found && old.hasNext()) {
                Map.Entry<K, V> last = old.next();
                found = last.getKey().equals(next.getKey());
                if (!found) {
                    changes.removed(last.getKey(), last.getValue());
                } else if (last.getValue() != next.getValue()) {
                    changes.put(next.getKey(), next.getValue());
                }
            }
            if (!found) {
                changes.put(next.getKey(), next.getValue());
            }
        }
        old.forEachRemaining(last -> changes.removed(last.getKey(), last.getValue()));
    }
}
