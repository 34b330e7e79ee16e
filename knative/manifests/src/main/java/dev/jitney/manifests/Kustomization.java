package dev.jitney.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * One {@code kustomization.yaml}. Fields that are not listed here are refused: better no rendering
 * than another one than kustomize's.
 *
 * @param directory where it stands; its paths are relative to this
 * @param component whether it is of kind Component, which changes what others brought
 * @param resources files and directories
 * @param components directories
 * @param generators objects made of files, after resources and components
 * @param patches applied to resources and what components brought
 * @param images applied last
 */
record Kustomization(
        Path directory,
        boolean component,
        List<String> resources,
        List<String> components,
        List<Generator> generators,
        List<Patch> patches,
        List<Image> images) {
    private static final Set<String> KNOWN =
            Set.of(
                    "apiVersion",
                    "kind",
                    "resources",
                    "components",
                    "secretGenerator",
                    "configMapGenerator",
                    "patches",
                    "images");

    /**
     * @throws InvalidKustomization if there is none, or one with fields that are not known here
     */
    static Kustomization read(Path directory) {
        Path file = directory.resolve("kustomization.yaml");
        JsonNode node = YamlFile.single(file);
        refuseUnknown(file, node, KNOWN);
        String kind = node.path("kind").asText("Kustomization");
        boolean component = kind.equals("Component");
        if (!component && !kind.equals("Kustomization")) {
            throw new InvalidKustomization(file, "is of kind " + kind);
        }
        List<Patch> patches = new ArrayList<>();
        node.path("patches").forEach(patch -> patches.add(Patch.read(file, patch)));
        List<Image> images = new ArrayList<>();
        node.path("images").forEach(image -> images.add(Image.read(file, image)));
        return new Kustomization(
                directory,
                component,
                texts(node.path("resources")),
                texts(node.path("components")),
                Generator.read(file, node),
                List.copyOf(patches),
                List.copyOf(images));
    }

    Path file() {
        return directory.resolve("kustomization.yaml");
    }

    /** Refuses an object with a field that is not among the known ones. */
    static void refuseUnknown(Path file, JsonNode node, Set<String> known) {
        if (!node.isObject()) {
            throw new InvalidKustomization(file, "holds " + node + " where an object is expected");
        }
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw new InvalidKustomization(
                        file,
                        "field '"
                                + name
                                + "' is not supported here; known are "
                                + known.stream().sorted().toList());
            }
        }
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return List.copyOf(texts);
    }
}
