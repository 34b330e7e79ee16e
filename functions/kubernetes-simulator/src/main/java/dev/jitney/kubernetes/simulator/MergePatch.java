package dev.jitney.kubernetes.simulator;

import io.vertx.core.json.JsonObject;

/** JSON merge patch, RFC 7396. */
final class MergePatch {
    private MergePatch() {}

    static JsonObject apply(JsonObject target, JsonObject patch) {
        JsonObject merged = target.copy();
        for (String key : patch.fieldNames()) {
            Object value = patch.getValue(key);
            if (value == null) {
                merged.remove(key);
            } else if (value instanceof JsonObject child) {
                merged.put(key, apply(Meta.child(merged, key), child));
            } else {
                merged.put(key, value);
            }
        }
        return merged;
    }
}
