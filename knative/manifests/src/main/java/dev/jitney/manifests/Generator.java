package dev.jitney.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * One entry of {@code secretGenerator} or {@code configMapGenerator}: an object made of files, each
 * under its own name. The suffix that kustomize adds to names by default is refused: who reads the
 * object names it without one.
 *
 * @param kustomization the directory of the kustomization, which holds the files
 * @param entry as it stands there
 */
record Generator(Path kustomization, String kind, JsonNode entry) {
    private static final Set<String> KNOWN =
            Set.of("name", "namespace", "type", "files", "options");
    private static final String OPTION = "disableNameSuffixHash";

    static List<Generator> read(Path file, JsonNode kustomization) {
        List<Generator> generators = new ArrayList<>();
        for (JsonNode entry : kustomization.path("secretGenerator")) {
            generators.add(read(file, "Secret", entry));
        }
        for (JsonNode entry : kustomization.path("configMapGenerator")) {
            generators.add(read(file, "ConfigMap", entry));
        }
        return List.copyOf(generators);
    }

    private static Generator read(Path file, String kind, JsonNode entry) {
        Kustomization.refuseUnknown(file, entry, KNOWN);
        if (!entry.at("/options/" + OPTION).asBoolean() || entry.path("options").size() != 1) {
            throw new InvalidKustomization(
                    file, "a generator needs options: {" + OPTION + ": true}, and no other");
        }
        if (entry.path("name").asText().isEmpty() || entry.path("files").isEmpty()) {
            throw new InvalidKustomization(file, "a generator needs a name and files: " + entry);
        }
        return new Generator(file.resolveSibling("."), kind, entry);
    }

    /**
     * The object.
     *
     * @throws InvalidKustomization if a file is missing, above the kustomization, or no text where
     *     text is wanted
     */
    ObjectNode resource() {
        ObjectNode resource = YamlFile.MAPPER.createObjectNode();
        resource.put("apiVersion", "v1").put("kind", kind);
        ObjectNode metadata =
                resource.putObject("metadata").put("name", entry.path("name").asText());
        if (entry.has("namespace")) {
            metadata.put("namespace", entry.path("namespace").asText());
        }
        ObjectNode data = resource.putObject("data");
        for (JsonNode each : entry.path("files")) {
            Path file = inside(each.asText());
            data.put(file.toFile().getName(), kind.equals("Secret") ? encoded(file) : text(file));
        }
        if (kind.equals("Secret")) {
            resource.put("type", entry.path("type").asText("Opaque"));
        }
        return resource;
    }

    /** kustomize reads no file that stands above it. */
    private Path inside(String name) {
        Path directory = kustomization.normalize();
        Path file = directory.resolve(name).normalize();
        if (name.contains("=") || !file.startsWith(directory)) {
            throw new InvalidKustomization(
                    directory, "'" + name + "' is no file below the kustomization");
        }
        if (!Files.isRegularFile(file)) {
            throw new InvalidKustomization(file, "does not exist");
        }
        return file;
    }

    private static String encoded(Path file) {
        return Base64.getEncoder().encodeToString(bytes(file));
    }

    private static String text(Path file) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(file)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidKustomization(file, "is no text");
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + file, failure);
        }
    }
}
