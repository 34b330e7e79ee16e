package dev.jitney.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Everything that is applied to a cluster, rendered. */
final class Overlays {
    static final Path ROOT = Path.of(System.getProperty("jitney.root"));
    static final Path BASE = ROOT.resolve("knative/base");

    /** An overlay with every component. */
    static final Path EVERYTHING = ROOT.resolve("knative/manifests/src/test/resources/everything");

    private Overlays() {}

    /** Directories of overlays that hold the whole of Jitney. */
    static List<Path> whole() {
        List<Path> overlays = new ArrayList<>(List.of(BASE));
        try (Stream<Path> directories = Files.list(ROOT.resolve("knative/overlays"))) {
            directories.sorted().forEach(overlays::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return overlays;
    }

    /** All that can be given to {@code kubectl apply -k}. */
    static List<Path> all() {
        List<Path> all = new ArrayList<>(whole());
        all.add(ROOT.resolve("infinispan/operator"));
        all.add(EVERYTHING);
        return all;
    }

    static List<ObjectNode> ofKind(List<ObjectNode> resources, String kind) {
        return resources.stream().filter(each -> kindOf(each).equals(kind)).toList();
    }

    static ObjectNode one(List<ObjectNode> resources, String kind, String name) {
        return ofKind(resources, kind).stream()
                .filter(each -> nameOf(each).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
    }

    static String kindOf(JsonNode resource) {
        return resource.path("kind").asText();
    }

    static String nameOf(JsonNode resource) {
        return resource.at("/metadata/name").asText();
    }

    static String namespaceOf(JsonNode resource) {
        return resource.at("/metadata/namespace").asText();
    }

    static String groupOf(JsonNode resource) {
        String version = resource.path("apiVersion").asText();
        return version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
    }

    /** Every value of a field of this name, however deep. */
    static List<JsonNode> valuesOf(JsonNode node, String field) {
        List<JsonNode> values = new ArrayList<>();
        for (var each : node.properties()) {
            if (each.getKey().equals(field)) {
                values.add(each.getValue());
            }
        }
        node.forEach(child -> values.addAll(valuesOf(child, field)));
        return values;
    }
}
