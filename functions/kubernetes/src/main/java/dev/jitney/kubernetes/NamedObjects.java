package dev.jitney.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a pod names that has to be in its namespace before it, or it never starts. */
final class NamedObjects {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Fields that hold a reference, and what they refer to. */
    private static final Map<String, String> REFERENCES =
            Map.of(
                    "configMap", "configmaps",
                    "configMapKeyRef", "configmaps",
                    "configMapRef", "configmaps",
                    "secret", "secrets",
                    "secretKeyRef", "secrets",
                    "secretRef", "secrets",
                    "persistentVolumeClaim", "persistentvolumeclaims");

    private static final List<String> NAMES = List.of("name", "secretName", "claimName");

    private final SortedSet<String> found = new TreeSet<>();

    private NamedObjects() {}

    /** As {@code configmaps/name}; without pull secrets, which pods start without. */
    static SortedSet<String> of(PodSpec pod) {
        var names = new NamedObjects();
        JsonNode tree = JSON.valueToTree(pod);
        names.look(tree);
        String account = tree.path("serviceAccountName").asText();
        if (!account.isEmpty()) {
            names.found.add("serviceaccounts/" + account);
        }
        return names.found;
    }

    private void look(JsonNode node) {
        for (var field : node.properties()) {
            String kind = REFERENCES.get(field.getKey());
            if (kind != null) {
                refer(kind, field.getValue());
            }
            look(field.getValue());
        }
        if (node.isArray()) {
            node.forEach(this::look);
        }
    }

    private void refer(String kind, JsonNode reference) {
        for (String key : NAMES) {
            String name = reference.path(key).asText();
            if (!name.isEmpty() && !reference.path("optional").asBoolean()) {
                found.add(kind + "/" + name);
            }
        }
    }
}
