package dev.jitney.kubernetes.simulator;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a call to {@code /api/v1/...} is about.
 *
 * @param namespace "" for all namespaces or for kinds without
 * @param name "" for the collection
 */
record Target(Kind kind, String namespace, String name, HttpServerRequest request) {
    private static final String ROOT = "/api/v1/";

    /** Empty if the path names nothing this server has. */
    static Optional<Target> of(HttpServerRequest request) {
        String path = String.valueOf(request.path());
        if (!path.startsWith(ROOT)) {
            return Optional.empty();
        }
        String[] parts = path.substring(ROOT.length()).split("/", -1);
        if (parts.length >= 3 && parts[0].equals("namespaces")) {
            return parts.length > 4
                    ? Optional.empty()
                    : of(request, parts[2], parts[1], parts.length == 4 ? parts[3] : "")
                            .filter(target -> target.kind().isNamespaced());
        }
        return parts.length > 2
                ? Optional.empty()
                : of(request, parts[0], "", parts.length == 2 ? parts[1] : "")
                        .filter(it -> it.name().isEmpty() || !it.kind().isNamespaced());
    }

    private static Optional<Target> of(
            HttpServerRequest request, String plural, String namespace, String name) {
        return Kind.ofPlural(plural).map(kind -> new Target(kind, namespace, name, request));
    }

    boolean isCollection() {
        return name.isEmpty();
    }

    boolean isWatch() {
        String watch = parameter("watch");
        return watch.equals("true") || watch.equals("1");
    }

    /** A query parameter; "" if absent. */
    String parameter(String key) {
        String value = request.getParam(key);
        return value == null ? "" : value;
    }

    /** A query parameter that is a number; 0 if absent. */
    long number(String key) {
        String value = parameter(key);
        if (!value.matches("\\d{0,18}")) {
            throw Statuses.badRequest("%s is not a number: %s".formatted(key, value));
        }
        return value.isEmpty() ? 0 : Long.parseLong(value);
    }

    Predicate<JsonObject> selector() {
        return Selectors.labels(parameter("labelSelector"))
                .and(Selectors.fields(parameter("fieldSelector")));
    }
}
