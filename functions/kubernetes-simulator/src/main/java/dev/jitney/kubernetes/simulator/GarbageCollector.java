package dev.jitney.kubernetes.simulator;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Removes Secrets and pods whose owners are all gone, a moment after the owner went or after they
 * were created with an owner that does not exist.
 */
final class GarbageCollector {
    private static final long SOON_MILLIS = 20;
    private static final List<Kind> DEPENDENTS = List.of(Kind.SECRET, Kind.POD);

    private final Vertx vertx;
    private final Objects objects;
    private final Resources resources;
    private boolean planned;

    GarbageCollector(Vertx vertx, Objects objects, Resources resources) {
        this.vertx = vertx;
        this.objects = objects;
        this.resources = resources;
        objects.listen(this::plan);
    }

    private void plan(Objects.Change change) {
        boolean ownerWent = change.type() == Objects.Type.DELETED;
        if (!planned && (ownerWent || isOwned(change.object()))) {
            planned = true;
            vertx.setTimer(SOON_MILLIS, id -> collect());
        }
    }

    private void collect() {
        planned = false;
        Set<String> alive = new HashSet<>();
        for (Kind kind : Kind.values()) {
            objects.list(kind, "").forEach(object -> alive.add(Meta.uid(object)));
        }
        for (Kind kind : DEPENDENTS) {
            objects.list(kind, "").stream()
                    .filter(GarbageCollector::isOwned)
                    .filter(object -> owners(object).noneMatch(alive::contains))
                    .filter(object -> !Meta.isDeleting(object))
                    .forEach(
                            object ->
                                    resources.delete(
                                            kind,
                                            Meta.namespace(object),
                                            Meta.name(object),
                                            new JsonObject()));
        }
    }

    private static boolean isOwned(JsonObject object) {
        return owners(object).findAny().isPresent();
    }

    private static Stream<String> owners(JsonObject object) {
        return Meta.children(Meta.metadata(object), "ownerReferences")
                .map(owner -> Meta.text(owner, "uid"));
    }
}
