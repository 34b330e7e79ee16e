package dev.jitney.kubernetes.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * APIs that somebody has installed, of which there is the discovery and what is shown, and what
 * callers may not do. May be changed while calls are answered.
 */
final class Extensions {
    static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

    private final Map<String, List<String>> kinds = new ConcurrentSkipListMap<>();
    private final Map<String, JsonObject> shown = new ConcurrentSkipListMap<>();
    private final Set<String> forbidden = new ConcurrentSkipListSet<>();

    void serve(String apiVersion, List<String> newKinds) {
        kinds.put(apiVersion, List.copyOf(newKinds));
    }

    void show(String path, JsonObject object) {
        shown.put(path, object.copy());
    }

    void forbid(String verb, String resource) {
        forbidden.add(verb + " " + resource);
    }

    /** What is shown, or to discover at {@code /apis/GROUP} and {@code /apis/GROUP/VERSION}. */
    Optional<JsonObject> discovered(String path) {
        JsonObject object = shown.get(path);
        if (object != null) {
            return Optional.of(object);
        }
        String name = path.startsWith("/apis/") ? path.substring("/apis/".length()) : "";
        List<String> served = kinds.get(name);
        if (served != null) {
            return Optional.of(resources(name, served));
        }
        List<String> versions =
                kinds.keySet().stream().filter(each -> each.startsWith(name + "/")).toList();
        return name.isEmpty() || versions.isEmpty()
                ? Optional.empty()
                : Optional.of(group(name, versions));
    }

    private static JsonObject group(String name, List<String> versions) {
        JsonArray all = new JsonArray();
        for (String each : versions) {
            all.add(
                    new JsonObject()
                            .put("groupVersion", each)
                            .put("version", each.substring(name.length() + 1)));
        }
        return new JsonObject()
                .put("kind", "APIGroup")
                .put("apiVersion", "v1")
                .put("name", name)
                .put("versions", all);
    }

    private static JsonObject resources(String apiVersion, List<String> kinds) {
        JsonArray all = new JsonArray();
        kinds.forEach(kind -> all.add(new JsonObject().put("kind", kind)));
        return new JsonObject()
                .put("kind", "APIResourceList")
                .put("apiVersion", "v1")
                .put("groupVersion", apiVersion)
                .put("resources", all);
    }

    /** The answer to a SelfSubjectAccessReview. */
    JsonObject reviewed(JsonObject review) {
        JsonObject asked = Meta.child(Meta.child(review, "spec"), "resourceAttributes");
        String what = Meta.text(asked, "verb") + " " + Meta.text(asked, "resource");
        return review.copy()
                .put("status", new JsonObject().put("allowed", !forbidden.contains(what)));
    }
}
