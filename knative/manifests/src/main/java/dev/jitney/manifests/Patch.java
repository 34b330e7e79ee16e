package dev.jitney.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * One entry of {@code patches}: a JSON patch (RFC 6902) when it is a list, else a merge patch. A
 * merge patch with a list in it is refused: kustomize merges some lists by a key and replaces
 * others, and a JSON patch says plainly what is meant.
 *
 * @param file where it stands, for messages
 * @param target which resources it is for; there must be at least one
 */
record Patch(Path file, JsonNode content, Target target) {
    private static final Set<String> KNOWN = Set.of("path", "patch", "target");

    static Patch read(Path kustomization, JsonNode node) {
        Kustomization.refuseUnknown(kustomization, node, KNOWN);
        if (node.has("path") == node.has("patch")) {
            throw new InvalidKustomization(
                    kustomization, "a patch needs one of 'path' and 'patch': " + node);
        }
        Path file =
                node.has("path")
                        ? kustomization.resolveSibling(node.path("path").asText()).normalize()
                        : kustomization;
        JsonNode content =
                node.has("path")
                        ? YamlFile.single(file)
                        : YamlFile.single(file, node.path("patch").asText());
        if (!node.has("target") && !content.isObject()) {
            throw new InvalidKustomization(file, "a JSON patch needs a 'target'");
        }
        if (content.isObject()) {
            refuseLists(file, content, "");
        }
        return new Patch(
                file,
                content,
                node.has("target")
                        ? Target.read(kustomization, node.path("target"))
                        : Target.named(content));
    }

    /**
     * Changes the resources it is for.
     *
     * @throws InvalidKustomization if there is none, or a path of a JSON patch does not exist
     */
    void applyTo(List<ObjectNode> resources) {
        boolean found = false;
        for (int i = 0; i < resources.size(); i++) {
            if (target.fits(resources.get(i))) {
                found = true;
                resources.set(i, patched(resources.get(i)));
            }
        }
        if (!found) {
            throw new InvalidKustomization(file, "no resource fits this patch");
        }
    }

    private ObjectNode patched(ObjectNode resource) {
        if (content.isArray()) {
            refuseRemovalOfNothing(resource);
            try {
                return (ObjectNode) JsonPatch.apply(content, resource);
            } catch (JsonPatchException wrong) {
                throw new InvalidKustomization(file, String.valueOf(wrong.getMessage()));
            }
        }
        ObjectNode patched = resource.deepCopy();
        ObjectNode patch = content.deepCopy();
        patch.remove(List.of("apiVersion", "kind"));
        if (patch.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove(List.of("name", "namespace"));
        }
        merge(patched, patch);
        return patched;
    }

    /** The library lets it pass; kustomize does not. */
    private void refuseRemovalOfNothing(ObjectNode resource) {
        for (JsonNode operation : content) {
            String path = operation.path("path").asText();
            if (operation.path("op").asText().equals("remove")
                    && resource.at(path).isMissingNode()) {
                throw new InvalidKustomization(file, path + " is not there to be removed");
            }
        }
    }

    private static void merge(ObjectNode into, ObjectNode patch) {
        for (var field : patch.properties()) {
            String name = field.getKey();
            if (field.getValue().isNull()) {
                into.remove(name);
            } else if (field.getValue() instanceof ObjectNode nested) {
                merge(into.withObjectProperty(name), nested);
            } else {
                into.set(name, field.getValue());
            }
        }
    }

    private static void refuseLists(Path file, JsonNode node, String path) {
        for (var field : node.properties()) {
            String here = path + "/" + field.getKey();
            if (field.getValue().isArray() || field.getKey().startsWith("$")) {
                throw new InvalidKustomization(
                        file, here + ": say this with a JSON patch (a list of operations)");
            }
            refuseLists(file, field.getValue(), here);
        }
    }
}
