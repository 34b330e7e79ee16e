package dev.jitney.kubernetes.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What clients ask before they ask for objects. */
final class Discovery {
    private static final List<String> VERBS =
            List.of(
                    "create",
                    "delete",
                    "deletecollection",
                    "get",
                    "list",
                    "patch",
                    "update",
                    "watch");

    private Discovery() {}

    static Optional<JsonObject> answer(String path) {
        return Optional.ofNullable(
                switch (path) {
                    case "/version" -> version();
                    case "/api" ->
                            new JsonObject()
                                    .put("kind", "APIVersions")
                                    .put("versions", new JsonArray().add("v1"))
                                    .put("serverAddressByClientCIDRs", new JsonArray());
                    case "/apis" ->
                            new JsonObject()
                                    .put("kind", "APIGroupList")
                                    .put("apiVersion", "v1")
                                    .put("groups", new JsonArray());
                    case "/api/v1" -> resources();
                    default -> null;
                });
    }

    private static JsonObject version() {
        return new JsonObject()
                .put("major", "1")
                .put("minor", "33")
                .put("gitVersion", "v1.33.0+jitney-simulator")
                .put("gitCommit", "")
                .put("gitTreeState", "clean")
                .put("buildDate", "2026-11-22T00:00:00Z")
                .put("goVersion", "none")
                .put("compiler", "javac")
                .put("platform", "jvm/any");
    }

    private static JsonObject resources() {
        JsonArray resources = new JsonArray();
        for (Kind kind : Kind.values()) {
            JsonObject resource =
                    new JsonObject()
                            .put("name", kind.plural())
                            .put("singularName", kind.singular().toLowerCase(Locale.ROOT))
                            .put("namespaced", kind.isNamespaced())
                            .put("kind", kind.singular())
                            .put("verbs", new JsonArray(VERBS));
            if (!kind.shortName().isEmpty()) {
                resource.put("shortNames", new JsonArray().add(kind.shortName()));
            }
            resources.add(resource);
        }
        return new JsonObject()
                .put("kind", "APIResourceList")
                .put("groupVersion", "v1")
                .put("resources", resources);
    }
}
