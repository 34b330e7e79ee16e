package dev.jitney.kubernetes.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Status objects and refusals in the words of Kubernetes, which clients look for. */
final class Statuses {
    private Statuses() {}

    static JsonObject of(ApiRefusal refusal) {
        JsonObject status = status("Failure").put("message", refusal.getMessage());
        status.put("reason", refusal.reason());
        if (!refusal.details().isEmpty()) {
            status.put("details", refusal.details());
        }
        return status.put("code", refusal.code());
    }

    static JsonObject deleted(Kind kind, JsonObject object) {
        JsonObject details = details(kind, Meta.name(object)).put("uid", Meta.uid(object));
        return status("Success").put("details", details);
    }

    static ApiRefusal notFound(Kind kind, String name) {
        return refusal(404, "NotFound", kind, name, "%s \"%s\" not found");
    }

    static ApiRefusal noSuchPath() {
        return new ApiRefusal(
                404,
                "NotFound",
                "the server could not find the requested resource",
                new JsonObject());
    }

    static ApiRefusal alreadyExists(Kind kind, String name, boolean deleting) {
        String message = "%s \"%s\" already exists";
        return refusal(
                409,
                "AlreadyExists",
                kind,
                name,
                deleting ? "object is being deleted: " + message : message);
    }

    static ApiRefusal conflict(Kind kind, String name) {
        return conflict(
                kind,
                name,
                "the object has been modified; please apply your changes to the latest version"
                        + " and try again");
    }

    static ApiRefusal conflict(Kind kind, String name, String why) {
        return refusal(
                409, "Conflict", kind, name, "Operation cannot be fulfilled on %s \"%s\": " + why);
    }

    static ApiRefusal exceededQuota(String pod, String quota, int used, int hard) {
        String why =
                "exceeded quota: %s, requested: pods=1, used: pods=%d, limited: pods=%d"
                        .formatted(quota, used, hard);
        return refusal(403, "Forbidden", Kind.POD, pod, "%s \"%s\" is forbidden: " + why);
    }

    static ApiRefusal invalid(Kind kind, String name, List<FieldProblem> problems) {
        String texts = problems.stream().map(FieldProblem::text).collect(Collectors.joining(", "));
        JsonArray causes = new JsonArray();
        problems.forEach(
                problem ->
                        causes.add(
                                new JsonObject(
                                        Map.of(
                                                "reason", problem.reason(),
                                                "message", problem.message(),
                                                "field", problem.field()))));
        return new ApiRefusal(
                422,
                "Invalid",
                "%s \"%s\" is invalid: %s"
                        .formatted(
                                kind.singular(),
                                name,
                                problems.size() == 1 ? texts : "[" + texts + "]"),
                new JsonObject()
                        .put("name", name)
                        .put("kind", kind.singular())
                        .put("causes", causes));
    }

    static ApiRefusal badRequest(String message) {
        return new ApiRefusal(400, "BadRequest", message, new JsonObject());
    }

    static ApiRefusal methodNotAllowed() {
        return new ApiRefusal(
                405,
                "MethodNotAllowed",
                "the server does not allow this method on the requested resource",
                new JsonObject());
    }

    static ApiRefusal unsupportedMediaType(String type) {
        return new ApiRefusal(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format: " + type,
                new JsonObject());
    }

    static ApiRefusal expired(long asked, long oldest) {
        return new ApiRefusal(
                410,
                "Expired",
                "too old resource version: %d (%d)".formatted(asked, oldest),
                new JsonObject());
    }

    static ApiRefusal tooManyRequests() {
        return new ApiRefusal(
                429,
                "TooManyRequests",
                "the server has received too many requests and has asked us to try again later",
                new JsonObject().put("retryAfterSeconds", 1));
    }

    static ApiRefusal internalError() {
        return new ApiRefusal(
                500,
                "InternalError",
                "Internal error occurred: etcdserver: request timed out",
                new JsonObject());
    }

    static ApiRefusal unavailable() {
        return new ApiRefusal(
                503,
                "ServiceUnavailable",
                "the server is currently unable to handle the request",
                new JsonObject());
    }

    private static ApiRefusal refusal(
            int code, String reason, Kind kind, String name, String format) {
        String message = format.replaceFirst("%s", kind.plural()).replaceFirst("%s", name);
        return new ApiRefusal(code, reason, message, details(kind, name));
    }

    private static JsonObject details(Kind kind, String name) {
        return new JsonObject().put("name", name).put("kind", kind.plural());
    }

    private static JsonObject status(String status) {
        return new JsonObject()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("metadata", new JsonObject())
                .put("status", status);
    }
}
