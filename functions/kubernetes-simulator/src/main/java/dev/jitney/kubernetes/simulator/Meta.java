package dev.jitney.kubernetes.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.stream.Stream;

/** Reads objects of the API; what is absent reads as empty, as in Kubernetes. */
final class Meta {
    private Meta() {}

    static String name(JsonObject object) {
        return text(metadata(object), "name");
    }

    static String namespace(JsonObject object) {
        return text(metadata(object), "namespace");
    }

    static String uid(JsonObject object) {
        return text(metadata(object), "uid");
    }

    static String label(JsonObject object, String key) {
        return text(child(metadata(object), "labels"), key);
    }

    static boolean isDeleting(JsonObject object) {
        return metadata(object).containsKey("deletionTimestamp");
    }

    static String phase(JsonObject pod) {
        return text(child(pod, "status"), "phase");
    }

    static boolean isTerminal(JsonObject pod) {
        return phase(pod).equals("Succeeded") || phase(pod).equals("Failed");
    }

    static String node(JsonObject pod) {
        return text(spec(pod), "nodeName");
    }

    static JsonObject metadata(JsonObject object) {
        return child(object, "metadata");
    }

    static JsonObject spec(JsonObject object) {
        return child(object, "spec");
    }

    static JsonObject child(JsonObject object, String key) {
        return object.getValue(key) instanceof JsonObject child ? child : new JsonObject();
    }

    static Stream<JsonObject> children(JsonObject object, String key) {
        JsonArray array = object.getValue(key) instanceof JsonArray it ? it : new JsonArray();
        return array.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
    }

    static String text(JsonObject object, String key) {
        return Objects.toString(object.getValue(key), "");
    }
}
