package dev.jitney.kubernetes.simulator;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The objects of the cluster with their versions and recent changes. An object that was handed out
 * or taken in is never changed afterwards: copy it, change the copy, replace it.
 */
final class Objects {
    private final Map<Kind, SortedMap<Key, JsonObject>> objects = new EnumMap<>(Kind.class);
    private final Deque<Change> history = new ArrayDeque<>();
    private final List<Consumer<Change>> listeners = new ArrayList<>();
    private final int historyMax;
    private long revision = 1;

    /** What happened to an object, in the words of a watch. */
    enum Type {
        ADDED,
        MODIFIED,
        DELETED
    }

    /**
     * One change.
     *
     * @param object after the change; for a deletion the last state
     * @param before null for an addition
     */
    record Change(
            long revision, Type type, Kind kind, JsonObject object, @Nullable JsonObject before) {}

    private record Key(String namespace, String name) implements Comparable<Key> {
        static Key of(JsonObject object) {
            return new Key(Meta.namespace(object), Meta.name(object));
        }

        @Override
        public int compareTo(Key other) {
            int byNamespace = namespace.compareTo(other.namespace);
            return byNamespace == 0 ? name.compareTo(other.name) : byNamespace;
        }
    }

    Objects(int historyMax) {
        this.historyMax = historyMax;
    }

    /** Tells of every change, in order, right after it. The listener must not change objects. */
    void listen(Consumer<Change> listener) {
        listeners.add(listener);
    }

    long revision() {
        return revision;
    }

    Optional<JsonObject> get(Kind kind, String namespace, String name) {
        return Optional.ofNullable(of(kind).get(new Key(namespace, name)));
    }

    /** Objects of one kind by namespace and name; namespace "" stands for all of them. */
    List<JsonObject> list(Kind kind, String namespace) {
        return of(kind).entrySet().stream()
                .filter(
                        entry ->
                                namespace.isEmpty() || entry.getKey().namespace().equals(namespace))
                .map(Map.Entry::getValue)
                .toList();
    }

    private SortedMap<Key, JsonObject> of(Kind kind) {
        return objects.computeIfAbsent(kind, it -> new TreeMap<>());
    }

    /** Adds an object under its name, which must be free, and gives it uid, time and version. */
    JsonObject add(Kind kind, JsonObject object) {
        JsonObject added = object.copy();
        added.put("apiVersion", "v1").put("kind", kind.singular());
        Meta.metadata(added)
                .put("uid", UUID.randomUUID().toString())
                .put("creationTimestamp", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("resourceVersion", Long.toString(++revision));
        if (of(kind).putIfAbsent(Key.of(added), added) != null) {
            throw new IllegalStateException("name is taken: " + Meta.name(added));
        }
        changed(new Change(revision, Type.ADDED, kind, added, null));
        return added;
    }

    /** Replaces an object, which must exist; without a difference nothing happens. */
    JsonObject replace(Kind kind, JsonObject object) {
        JsonObject before = of(kind).get(Key.of(object));
        if (before == null) {
            throw new IllegalStateException("no such object: " + Meta.name(object));
        }
        JsonObject after = object.copy();
        Meta.metadata(after)
                .put("resourceVersion", Meta.text(Meta.metadata(before), "resourceVersion"));
        if (after.equals(before)) {
            return before;
        }
        Meta.metadata(after).put("resourceVersion", Long.toString(++revision));
        of(kind).put(Key.of(after), after);
        changed(new Change(revision, Type.MODIFIED, kind, after, before));
        return after;
    }

    /** Removes an object; one that is gone already is left alone. */
    void remove(Kind kind, JsonObject object) {
        JsonObject before = of(kind).remove(Key.of(object));
        if (before != null) {
            JsonObject last = before.copy();
            Meta.metadata(last).put("resourceVersion", Long.toString(++revision));
            changed(new Change(revision, Type.DELETED, kind, last, before));
        }
    }

    /** Changes after a revision, oldest first; empty if they are no longer all remembered. */
    Optional<List<Change>> changesAfter(long after) {
        boolean known = history.isEmpty() ? after >= 1 : after >= history.getFirst().revision() - 1;
        return known
                ? Optional.of(history.stream().filter(it -> it.revision() > after).toList())
                : Optional.empty();
    }

    private void changed(Change change) {
        history.addLast(change);
        if (history.size() > historyMax) {
            history.removeFirst();
        }
        listeners.forEach(listener -> listener.accept(change));
    }
}
