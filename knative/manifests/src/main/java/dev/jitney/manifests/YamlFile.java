package dev.jitney.manifests;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes YAML. A key that is given twice is an error. */
final class YamlFile {
    static final ObjectMapper MAPPER =
            new ObjectMapper(
                    YAMLFactory.builder()
                            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                            .disable(YAMLGenerator.Feature.SPLIT_LINES)
                            .build());

    private YamlFile() {}

    /** All documents of a file, each an object with kind and name. */
    static List<ObjectNode> resources(Path file) {
        List<ObjectNode> resources = new ArrayList<>();
        for (JsonNode document : documents(file, text(file))) {
            if (!(document instanceof ObjectNode resource)
                    || resource.path("kind").asText().isEmpty()
                    || resource.at("/metadata/name").asText().isEmpty()) {
                throw new InvalidKustomization(
                        file, "holds a document without kind and metadata.name");
            }
            resources.add(resource);
        }
        return resources;
    }

    /** The only document of a file. */
    static JsonNode single(Path file) {
        return single(file, text(file));
    }

    /**
     * The only document of a text.
     *
     * @param file where the text stands
     */
    static JsonNode single(Path file, String text) {
        List<JsonNode> documents = documents(file, text);
        if (documents.size() != 1) {
            throw new InvalidKustomization(
                    file, "holds " + documents.size() + " documents where one is expected");
        }
        return documents.getFirst();
    }

    private static List<JsonNode> documents(Path file, String text) {
        List<JsonNode> documents = new ArrayList<>();
        try (JsonParser parser = MAPPER.createParser(text)) {
            while (parser.nextToken() != null) {
                JsonNode node = MAPPER.readTree(parser);
                if (!node.isNull()) {
                    documents.add(node);
                }
            }
        } catch (IOException wrong) {
            throw new InvalidKustomization(file, "is no valid YAML: " + wrong.getMessage());
        }
        return documents;
    }

    private static String text(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidKustomization(file, "does not exist");
        }
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + file, failure);
        }
    }
}
