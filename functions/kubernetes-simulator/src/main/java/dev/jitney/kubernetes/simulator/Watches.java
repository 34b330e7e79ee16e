package dev.jitney.kubernetes.simulator;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Open watches: each gets the changes it selects, in order, none twice and none left out. */
final class Watches {
    private final Vertx vertx;
    private final Objects objects;
    private final Set<Watch> open = new LinkedHashSet<>();

    /** Where the events of one watch go: lines of a response, or frames of a WebSocket. */
    interface Sink {
        /** Sends one event; false if the client reads too slowly to go on. */
        boolean send(String event);

        void close();
    }

    /**
     * What one client watches.
     *
     * @param namespace "" for all
     * @param timeoutSeconds after which the watch ends; 0 for never
     */
    record Watch(
            Kind kind,
            String namespace,
            Predicate<JsonObject> selector,
            long timeoutSeconds,
            Sink sink) {

        private boolean selects(JsonObject object) {
            return (namespace.isEmpty() || Meta.namespace(object).equals(namespace))
                    && selector.test(object);
        }

        /** An object that enters or leaves the selection looks as if it came or went. */
        private Optional<Objects.Type> typeOf(Objects.Change change) {
            if (change.kind() != kind) {
                return Optional.empty();
            }
            boolean now = selects(change.object());
            boolean before = change.before() != null && selects(change.before());
            return switch (change.type()) {
                case ADDED -> now ? Optional.of(Objects.Type.ADDED) : Optional.empty();
                case DELETED -> before ? Optional.of(Objects.Type.DELETED) : Optional.empty();
                case MODIFIED -> {
                    if (now) {
                        yield Optional.of(before ? Objects.Type.MODIFIED : Objects.Type.ADDED);
                    }
                    yield before ? Optional.of(Objects.Type.DELETED) : Optional.empty();
                }
            };
        }
    }

    Watches(Vertx vertx, Objects objects) {
        this.vertx = vertx;
        this.objects = objects;
        objects.listen(change -> List.copyOf(open).forEach(watch -> tell(watch, change)));
    }

    /**
     * Opens a watch.
     *
     * @param from version to start after; 0 starts with all objects there are
     */
    void open(Watch watch, long from) {
        if (from == 0) {
            objects.list(watch.kind(), watch.namespace()).stream()
                    .filter(watch::selects)
                    .forEach(object -> watch.sink().send(event("ADDED", object)));
        } else {
            Optional<List<Objects.Change>> missed = objects.changesAfter(from);
            if (missed.isEmpty()) {
                ApiRefusal expired = Statuses.expired(from, objects.revision());
                watch.sink().send(event("ERROR", Statuses.of(expired)));
                watch.sink().close();
                return;
            }
            missed.get().forEach(change -> tell(watch, change));
        }
        open.add(watch);
        if (watch.timeoutSeconds() > 0) {
            vertx.setTimer(watch.timeoutSeconds() * 1000, id -> end(watch));
        }
    }

    /** Forgets the watch of a sink whose client is gone. */
    void closed(Sink sink) {
        open.removeIf(watch -> watch.sink().equals(sink));
    }

    private void tell(Watch watch, Objects.Change change) {
        watch.typeOf(change)
                .filter(type -> !watch.sink().send(event(type.name(), change.object())))
                .ifPresent(type -> end(watch));
    }

    private void end(Watch watch) {
        if (open.remove(watch)) {
            watch.sink().close();
        }
    }

    private static String event(String type, JsonObject object) {
        return new JsonObject().put("type", type).put("object", object).encode();
    }
}
