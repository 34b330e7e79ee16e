package dev.jitney.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which resources a patch is for. Kind, name and namespace are regular expressions that must fit as
 * a whole; what is absent fits everything.
 *
 * @param group of the API; empty fits every group
 */
record Target(String group, Pattern kind, Pattern name, Pattern namespace) {
    private static final Set<String> KNOWN = Set.of("group", "kind", "name", "namespace");

    static Target read(Path file, JsonNode node) {
        Kustomization.refuseUnknown(file, node, KNOWN);
        return new Target(
                node.path("group").asText(),
                pattern(node.path("kind")),
                pattern(node.path("name")),
                pattern(node.path("namespace")));
    }

    /** The resource that a merge patch names itself. */
    static Target named(JsonNode patch) {
        return new Target(
                groupOf(patch),
                Pattern.compile(Pattern.quote(patch.path("kind").asText())),
                Pattern.compile(Pattern.quote(patch.at("/metadata/name").asText())),
                Pattern.compile(Pattern.quote(patch.at("/metadata/namespace").asText())));
    }

    boolean fits(ObjectNode resource) {
        return (group.isEmpty() || group.equals(groupOf(resource)))
                && kind.matcher(resource.path("kind").asText()).matches()
                && name.matcher(resource.at("/metadata/name").asText()).matches()
                && namespace.matcher(resource.at("/metadata/namespace").asText()).matches();
    }

    private static String groupOf(JsonNode resource) {
        String version = resource.path("apiVersion").asText();
        return version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
    }

    private static Pattern pattern(JsonNode expression) {
        return Pattern.compile(expression.isMissingNode() ? ".*" : expression.asText());
    }
}
