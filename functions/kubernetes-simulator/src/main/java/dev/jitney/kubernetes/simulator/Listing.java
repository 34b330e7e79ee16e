package dev.jitney.kubernetes.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;

/**
 * Lists in pages. A continue token names the last object of a page; unlike a real server's it does
 * not freeze the list, so an object created meanwhile may still appear, but none appears twice.
 */
final class Listing {
    private Listing() {}

    /**
     * @param selected objects in the order of namespace and name
     * @param limit most objects of a page; 0 for all
     */
    static JsonObject page(
            Kind kind, List<JsonObject> selected, long revision, long limit, String token) {
        String after = decoded(token);
        List<JsonObject> rest =
                selected.stream().filter(object -> key(object).compareTo(after) > 0).toList();
        List<JsonObject> page = limit == 0 ? rest : rest.stream().limit(limit).toList();
        JsonObject metadata = new JsonObject().put("resourceVersion", Long.toString(revision));
        if (page.size() < rest.size()) {
            metadata.put("continue", encoded(key(page.getLast())))
                    .put("remainingItemCount", rest.size() - page.size());
        }
        return new JsonObject()
                .put("kind", kind.singular() + "List")
                .put("apiVersion", "v1")
                .put("metadata", metadata)
                .put("items", new JsonArray(page.stream().map(Listing::item).toList()));
    }

    /** Items of a list do not repeat what the list says. */
    private static JsonObject item(JsonObject object) {
        JsonObject item = object.copy();
        item.remove("kind");
        item.remove("apiVersion");
        return item;
    }

    /** Sorts like the pair of namespace and name, because no name holds a space. */
    private static String key(JsonObject object) {
        return Meta.namespace(object) + " " + Meta.name(object);
    }

    private static String encoded(String key) {
        return Base64.getUrlEncoder().encodeToString(key.getBytes(UTF_8));
    }

    private static String decoded(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), UTF_8);
        } catch (IllegalArgumentException e) {
            throw Statuses.badRequest("continue key is not valid");
        }
    }
}
