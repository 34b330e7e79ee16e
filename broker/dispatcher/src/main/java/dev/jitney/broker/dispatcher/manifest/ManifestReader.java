package dev.jitney.broker.dispatcher.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.fabric8.knative.eventing.v1.Broker;
import io.fabric8.knative.eventing.v1.Trigger;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.knative.sources.v1.PingSource;
import io.fabric8.knative.sources.v1.SinkBinding;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Turns documents into typed resources and has them checked. */
final class ManifestReader {
    private static final Map<String, Class<? extends HasMetadata>> KINDS =
            Map.of(
                    "eventing.knative.dev/v1 Broker", Broker.class,
                    "eventing.knative.dev/v1 Trigger", Trigger.class,
                    "serving.knative.dev/v1 Service", Service.class,
                    "sources.knative.dev/v1 PingSource", PingSource.class,
                    "sources.knative.dev/v1 SinkBinding", SinkBinding.class,
                    "v1 ConfigMap", ConfigMap.class);

    private final List<Problem> problems = new ArrayList<>();
    private final List<Loaded<?>> loaded = new ArrayList<>();
    private final Map<String, String> fileOf = new HashMap<>();

    private ManifestReader() {}

    static Manifests read(Path directory) {
        ManifestReader reader = new ManifestReader();
        for (YamlDocument document : YamlDocument.readAll(directory, reader.problems)) {
            reader.load(document);
        }
        Manifests manifests =
                new Manifests(
                        reader.resources(Broker.class),
                        reader.resources(Trigger.class),
                        reader.resources(Service.class),
                        reader.resources(PingSource.class),
                        reader.resources(SinkBinding.class),
                        reader.resources(ConfigMap.class));
        new ResourceChecks(manifests, reader.problems).check(reader.loaded);
        if (!reader.problems.isEmpty()) {
            throw new InvalidManifests(reader.problems);
        }
        return manifests;
    }

    private void load(YamlDocument document) {
        JsonNode node = document.content();
        String kind = node.path("apiVersion").asText() + " " + node.path("kind").asText();
        String name = node.path("metadata").path("name").asText();
        if (node.path("kind").asText().isEmpty() || name.isEmpty()) {
            problem(document, "", "needs apiVersion, kind and metadata.name");
            return;
        }
        String namespace = node.path("metadata").path("namespace").asText("default");
        String key = kind + " " + namespace + "/" + name;
        String earlier = fileOf.putIfAbsent(key, document.file());
        if (earlier != null) {
            problem(document, "", "is also in " + earlier + ": remove one of them");
            return;
        }
        Class<? extends HasMetadata> type = KINDS.get(kind);
        if (type != null) {
            convert(document, type);
        } else if (node.path("apiVersion").asText().contains(".knative.dev/")) {
            problem(
                    document,
                    "",
                    "has no local stand-in: known are " + new TreeSet<>(KINDS.keySet()));
        }
    }

    private void convert(YamlDocument document, Class<? extends HasMetadata> type) {
        try {
            HasMetadata resource = StrictModel.MAPPER.treeToValue(document.content(), type);
            Loaded<?> read = new Loaded<>(document.file(), resource);
            loaded.add(read);
            if (type == Service.class) {
                ServingFields.check(
                        document.content().at("/spec/template/spec"),
                        read.report(problems).at("spec.template.spec"));
            }
        } catch (UnrecognizedPropertyException unknown) {
            problem(
                    document,
                    path(unknown),
                    "is unknown: check the spelling; known here are "
                            + known(unknown.getKnownPropertyIds()));
        } catch (JsonMappingException wrong) {
            problem(document, path(wrong), "has a wrong type: " + wrong.getOriginalMessage());
        } catch (JsonProcessingException wrong) {
            problem(document, "", "cannot be read: " + wrong.getOriginalMessage());
        }
    }

    private void problem(YamlDocument document, String field, String message) {
        problems.add(new Problem(document.file(), document.label(), field, message));
    }

    private <T extends HasMetadata> List<T> resources(Class<T> type) {
        return loaded.stream()
                .map(Loaded::resource)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static String path(JsonMappingException exception) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : exception.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.toString();
    }

    private static String known(Collection<Object> ids) {
        return ids.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
    }
}
