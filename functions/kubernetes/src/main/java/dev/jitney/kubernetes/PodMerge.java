package dev.jitney.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lays one part of a pod over another, as Kubernetes' strategic merge does: mappings are merged,
 * containers by their names; entries of other lists with names replace the entry of that name or
 * are added; every other list, and {@code resources}, replaces what was there. A null takes away.
 */
final class PodMerge {
    /** By what the entries of a list are known. */
    private static final Map<String, String> KEYS =
            Map.of(
                    "containers", "name",
                    "initContainers", "name",
                    "env", "name",
                    "volumes", "name",
                    "mounts", "name",
                    "imagePullSecrets", "name",
                    "volumeMounts", "mountPath");

    private static final Set<String> MERGED_ENTRIES = Set.of("containers", "initContainers");

    /** Half a quantity of one and half of another is what nobody wrote. */
    private static final Set<String> WHOLE = Set.of("resources");

    private PodMerge() {}

    /** A new tree; neither of the two is changed. */
    static ObjectNode over(ObjectNode base, ObjectNode overlay) {
        ObjectNode merged = base.deepCopy();
        overlay.properties()
                .forEach(
                        field -> {
                            String name = field.getKey();
                            JsonNode value = field.getValue();
                            if (value.isNull()) {
                                merged.remove(name);
                            } else {
                                merged.set(name, merge(name, merged.get(name), value));
                            }
                        });
        return merged;
    }

    private static JsonNode merge(String name, @Nullable JsonNode base, JsonNode overlay) {
        if (base instanceof ObjectNode below
                && overlay instanceof ObjectNode above
                && !WHOLE.contains(name)) {
            return over(below, above);
        }
        String key = KEYS.get(name);
        if (base instanceof ArrayNode below && overlay instanceof ArrayNode above && key != null) {
            return entries(below, above, key, MERGED_ENTRIES.contains(name));
        }
        return overlay.deepCopy();
    }

    private static ArrayNode entries(
            ArrayNode base, ArrayNode overlay, String key, boolean merged) {
        ArrayNode entries = base.deepCopy();
        for (JsonNode above : overlay) {
            int at = position(entries, key, above.path(key));
            if (at < 0) {
                entries.add(above.deepCopy());
            } else {
                entries.set(
                        at,
                        merged
                                ? over((ObjectNode) entries.get(at), (ObjectNode) above)
                                : above.deepCopy());
            }
        }
        return entries;
    }

    private static int position(ArrayNode entries, String key, JsonNode value) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).path(key).equals(value)) {
                return i;
            }
        }
        return -1;
    }
}
