package dev.jitney.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.jitney.yaml.YamlField;
import dev.jitney.yaml.YamlWrong;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Binds YAML to Kubernetes' types as the API server would: a field that is not known is refused,
 * and so is a number where text belongs. Messages never repeat a value, which may be a secret.
 */
final class StrictJson {
    static final ObjectMapper MAPPER = mapper();

    private StrictJson() {}

    static JsonNode tree(@Nullable Object value) {
        return MAPPER.valueToTree(value);
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** A tree that was bound before, so that nothing in it is wrong. */
    static <T> T bind(JsonNode tree, Class<T> type) {
        try {
            return MAPPER.treeToValue(tree, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    /**
     * Checks that a tree can be bound.
     *
     * @param written what the tree was made from
     * @throws YamlWrong at the line of what cannot be bound
     */
    static void check(JsonNode tree, Class<?> type, YamlField written) {
        requireEntries(tree, List.of(), written);
        try {
            MAPPER.treeToValue(tree, type);
        } catch (UnrecognizedPropertyException e) {
            throw unknown(e, written);
        } catch (JsonMappingException e) {
            throw written.nearest(path(e)).wrong(reason(e));
        } catch (JsonProcessingException e) {
            throw written.wrong("this cannot be read");
        }
    }

    /** A list entry without a value, which Kubernetes' types take for one. */
    private static void requireEntries(JsonNode tree, List<Object> path, YamlField written) {
        if (tree.isNull() && !path.isEmpty() && path.getLast() instanceof Integer) {
            throw written.nearest(path).wrong("this entry of the list is empty");
        }
        for (int i = 0; tree.isArray() && i < tree.size(); i++) {
            requireEntries(tree.get(i), below(path, i), written);
        }
        tree.properties()
                .forEach(
                        each ->
                                requireEntries(
                                        each.getValue(), below(path, each.getKey()), written));
    }

    private static List<Object> below(List<Object> path, Object next) {
        return Stream.concat(path.stream(), Stream.of(next)).toList();
    }

    private static YamlWrong unknown(UnrecognizedPropertyException e, YamlField written) {
        List<Object> path = path(e);
        YamlField parent = written.nearest(path.subList(0, path.size() - 1));
        List<String> known =
                e.getKnownPropertyIds().stream().map(String::valueOf).sorted().toList();
        return parent.entries("fields").stream()
                .filter(each -> each.name().equals(e.getPropertyName()))
                .findFirst()
                .map(each -> each.key().unknown(known))
                .orElseGet(() -> parent.wrong("'" + e.getPropertyName() + "' is not known"));
    }

    private static String reason(JsonMappingException e) {
        String where =
                e.getPath().stream()
                        .filter(each -> each.getFieldName() != null)
                        .reduce((_, last) -> last)
                        .map(last -> "'" + last.getFieldName() + "' ")
                        .orElse("this ");
        if (e instanceof InvalidFormatException wrong && wrong.getTargetType().isEnum()) {
            return where
                    + "must be one of "
                    + Arrays.stream(wrong.getTargetType().getEnumConstants())
                            .map(each -> MAPPER.valueToTree(each).asText())
                            .collect(Collectors.joining(", "));
        }
        if (e instanceof MismatchedInputException wrong && wrong.getTargetType() != null) {
            return where + "must be " + kind(wrong.getTargetType());
        }
        return where + "cannot be read";
    }

    private static String kind(Class<?> type) {
        if (type == String.class) {
            return "text; write it in quotes";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (Number.class.isAssignableFrom(type)) {
            return "a whole number";
        }
        return Iterable.class.isAssignableFrom(type) ? "a list" : "a mapping, 'name: value'";
    }

    private static List<Object> path(JsonMappingException e) {
        return e.getPath().stream()
                .<Object>map(
                        each ->
                                each.getFieldName() == null
                                        ? (Object) each.getIndex()
                                        : each.getFieldName())
                .toList();
    }

    private static ObjectMapper mapper() {
        return JsonMapper.builder()
                .annotationIntrospector(new NoUnknownFields())
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .withCoercionConfig(
                        LogicalType.Textual,
                        text ->
                                text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                        .setCoercion(
                                                CoercionInputShape.Boolean, CoercionAction.Fail))
                .build();
    }

    /** Fabric8's types take any field, and keep what they do not know. */
    private static final class NoUnknownFields extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasAnySetter(Annotated type) {
            return false;
        }
    }
}
