package dev.jitney.manifests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a kustomization says, as resources that can be applied as they are. Same files, same
 * rendering: nothing but the directory and what it refers to is read.
 */
public final class Rendering {
    private final Set<Path> open = new HashSet<>();

    private Rendering() {}

    /**
     * Renders a directory with a {@code kustomization.yaml}.
     *
     * @return the resources, namespaces first, else in the order they are listed
     * @throws InvalidKustomization if something is missing, double, or beyond the part of kustomize
     *     that is known here
     */
    public static List<ObjectNode> of(Path directory) {
        List<ObjectNode> resources = new ArrayList<>();
        new Rendering().add(directory.normalize(), resources);
        resources.sort(
                Comparator.comparing(each -> !each.path("kind").asText().equals("Namespace")));
        return List.copyOf(resources);
    }

    /** The resources as one YAML stream. */
    public static String yaml(List<ObjectNode> resources) {
        StringBuilder yaml = new StringBuilder();
        for (ObjectNode resource : resources) {
            try {
                yaml.append(YamlFile.MAPPER.writeValueAsString(resource));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a resource that was read cannot be written", e);
            }
        }
        return yaml.toString();
    }

    private void add(Path directory, List<ObjectNode> resources) {
        Kustomization kustomization = Kustomization.read(directory);
        if (!open.add(directory)) {
            throw new InvalidKustomization(kustomization.file(), "refers to itself");
        }
        for (String name : kustomization.resources()) {
            addResources(kustomization, directory.resolve(name).normalize(), resources);
        }
        for (String name : kustomization.components()) {
            Path component = directory.resolve(name).normalize();
            if (!Kustomization.read(component).component()) {
                throw new InvalidKustomization(
                        kustomization.file(), name + " is not of kind Component");
            }
            add(component, resources);
        }
        for (Generator each : kustomization.generators()) {
            addNew(kustomization.file(), List.of(each.resource()), resources);
        }
        kustomization.patches().forEach(patch -> patch.applyTo(resources));
        kustomization.images().forEach(image -> resources.forEach(image::applyTo));
        open.remove(directory);
    }

    private void addResources(Kustomization from, Path path, List<ObjectNode> resources) {
        List<ObjectNode> added = new ArrayList<>();
        if (Files.isDirectory(path)) {
            if (Kustomization.read(path).component()) {
                throw new InvalidKustomization(
                        from.file(), path + " is a component: list it under 'components'");
            }
            add(path, added);
        } else {
            added.addAll(YamlFile.resources(path));
        }
        addNew(path, added, resources);
    }

    private static void addNew(Path from, List<ObjectNode> added, List<ObjectNode> resources) {
        Set<String> known = new HashSet<>();
        resources.forEach(each -> known.add(id(each)));
        for (ObjectNode each : added) {
            if (!known.add(id(each))) {
                throw new InvalidKustomization(from, id(each) + " is there already");
            }
        }
        resources.addAll(added);
    }

    /** What a resource is known by: API version, kind, namespace and name. */
    public static String id(ObjectNode resource) {
        return "%s %s %s/%s"
                .formatted(
                        resource.path("apiVersion").asText(),
                        resource.path("kind").asText(),
                        resource.at("/metadata/namespace").asText(),
                        resource.at("/metadata/name").asText());
    }
}
