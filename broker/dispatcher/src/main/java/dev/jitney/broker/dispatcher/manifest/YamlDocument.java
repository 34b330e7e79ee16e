package dev.jitney.broker.dispatcher.manifest;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One YAML document.
 *
 * @param file path relative to the directory that was read
 */
record YamlDocument(String file, JsonNode content) {

    private static final ObjectMapper YAML =
            new ObjectMapper(
                    YAMLFactory.builder()
                            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                            .build());

    String label() {
        String kind = content.path("kind").asText();
        String namespace = content.path("metadata").path("namespace").asText("default");
        return (kind + " " + namespace + "/" + content.path("metadata").path("name").asText("?"))
                .strip();
    }

    /** All documents of all {@code *.yaml} files below a directory, in the order of the names. */
    static List<YamlDocument> readAll(Path directory, List<Problem> problems) {
        List<YamlDocument> documents = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            files.filter(YamlDocument::isManifest)
                    .sorted()
                    .forEach(file -> documents.addAll(read(directory, file, problems)));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot list " + directory, failure);
        }
        return documents;
    }

    private static boolean isManifest(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(".yaml")
                && !name.equals("kustomization.yaml")
                && Files.isRegularFile(file);
    }

    private static List<YamlDocument> read(Path directory, Path file, List<Problem> problems) {
        String name = directory.relativize(file).toString();
        List<YamlDocument> documents = new ArrayList<>();
        try (InputStream input = Files.newInputStream(file);
                MappingIterator<JsonNode> nodes =
                        YAML.readerFor(JsonNode.class).readValues(input)) {
            while (nodes.hasNextValue()) {
                JsonNode node = nodes.nextValue();
                if (node.isObject()) {
                    documents.add(new YamlDocument(name, node));
                } else if (!node.isNull() && !node.isMissingNode() && !node.asText().isEmpty()) {
                    problems.add(new Problem(name, "", "", "holds a document that is no mapping"));
                }
            }
        } catch (IOException failure) {
            problems.add(new Problem(name, "", "", "is no valid YAML: " + failure.getMessage()));
        }
        return documents;
    }
}
