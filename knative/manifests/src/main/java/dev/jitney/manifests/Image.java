package dev.jitney.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Set;

/**
 * One entry of {@code images}.
 *
 * @param name as it stands in the resources, without a tag
 * @param to what stands there afterwards
 */
record Image(String name, String to) {
    private static final Set<String> KNOWN = Set.of("name", "newName", "newTag", "digest");

    static Image read(Path file, JsonNode node) {
        Kustomization.refuseUnknown(file, node, KNOWN);
        String name = node.path("name").asText();
        if (name.isEmpty() || (node.has("newTag") && node.has("digest"))) {
            throw new InvalidKustomization(
                    file, "an image needs a name, and not both newTag and digest: " + node);
        }
        String to = node.path("newName").asText(name);
        if (node.has("newTag")) {
            to += ":" + node.path("newTag").asText();
        } else if (node.has("digest")) {
            to += "@" + node.path("digest").asText();
        }
        return new Image(name, to);
    }

    /** Changes the containers anywhere in a resource. */
    void applyTo(JsonNode node) {
        for (String containers : new String[] {"containers", "initContainers"}) {
            for (JsonNode container : node.path(containers)) {
                if (container instanceof ObjectNode object
                        && object.path("image").asText().equals(name)) {
                    object.put("image", to);
                }
            }
        }
        node.forEach(this::applyTo);
    }
}
