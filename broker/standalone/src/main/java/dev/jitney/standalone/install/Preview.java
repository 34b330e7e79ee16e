package dev.jitney.standalone.install;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jitney.manifests.Rendering;
import java.util.List;

/** Rendered resources as a person may see them. */
public final class Preview {
    private static final String NOTE = "(not shown)";

    private Preview() {}

    /** One YAML stream; a note in place of every value of a Secret. */
    public static String yaml(List<ObjectNode> resources) {
        return Rendering.yaml(resources.stream().map(Preview::withoutSecrets).toList());
    }

    private static ObjectNode withoutSecrets(ObjectNode resource) {
        if (!resource.path("kind").asText().equals("Secret")) {
            return resource;
        }
        ObjectNode shown = resource.deepCopy();
        for (String field : List.of("data", "stringData")) {
            if (shown.path(field) instanceof ObjectNode data) {
                data.fieldNames().forEachRemaining(key -> data.put(key, NOTE));
            }
        }
        return shown;
    }
}
