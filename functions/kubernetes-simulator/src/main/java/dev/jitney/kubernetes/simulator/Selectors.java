package dev.jitney.kubernetes.simulator;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Label selectors, equality- and set-based, and the field selectors clients use for one object. */
final class Selectors {
    private static final Pattern IN_SET = Pattern.compile("(\\S+)\\s+(in|notin)\\s*\\(([^()]*)\\)");
    private static final Pattern EQUALITY = Pattern.compile("([^=!\\s]+)\\s*(==|=|!=)\\s*(\\S*)");
    private static final Pattern EXISTS = Pattern.compile("(!?)\\s*([A-Za-z0-9][-A-Za-z0-9_./]*)");
    private static final Pattern COMMA_OUTSIDE_SET = Pattern.compile(",(?![^()]*\\))");
    private static final Set<String> FIELDS =
            Set.of("metadata.name", "metadata.namespace", "spec.nodeName", "status.phase");

    private Selectors() {}

    /**
     * @param selector for example {@code app=x,tier in (a,b),!legacy}; "" selects everything
     * @throws ApiRefusal 400 if it is malformed
     */
    static Predicate<JsonObject> labels(String selector) {
        return terms(selector, Selectors::label);
    }

    /**
     * @param selector for example {@code metadata.name=x}; "" selects everything
     * @throws ApiRefusal 400 if it is malformed or the field is not one that can be selected by
     */
    static Predicate<JsonObject> fields(String selector) {
        return terms(selector, Selectors::field);
    }

    private static Predicate<JsonObject> terms(
            String selector, Function<String, Predicate<JsonObject>> term) {
        return COMMA_OUTSIDE_SET
                .splitAsStream(selector)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(term)
                .reduce(object -> true, Predicate::and);
    }

    private static Predicate<JsonObject> label(String term) {
        Matcher inSet = IN_SET.matcher(term);
        if (inSet.matches()) {
            List<String> values =
                    Arrays.stream(inSet.group(3).split(",", -1)).map(String::strip).toList();
            return amongLabels(inSet.group(1), Set.copyOf(values), inSet.group(2).equals("in"));
        }
        Matcher equality = EQUALITY.matcher(term);
        if (equality.matches()) {
            boolean wanted = !equality.group(2).equals("!=");
            return amongLabels(equality.group(1), Set.of(equality.group(3)), wanted);
        }
        Matcher exists = EXISTS.matcher(term);
        if (exists.matches()) {
            boolean wanted = exists.group(1).isEmpty();
            return object -> labelsOf(object).containsKey(exists.group(2)) == wanted;
        }
        throw Statuses.badRequest("unable to parse requirement: " + term);
    }

    /** An absent label is in no set: {@code !=} and {@code notin} select objects without it. */
    private static Predicate<JsonObject> amongLabels(
            String key, Set<String> values, boolean wanted) {
        return object -> {
            JsonObject labels = labelsOf(object);
            return (labels.containsKey(key) && values.contains(Meta.text(labels, key))) == wanted;
        };
    }

    private static JsonObject labelsOf(JsonObject object) {
        return Meta.child(Meta.metadata(object), "labels");
    }

    private static Predicate<JsonObject> field(String term) {
        Matcher equality = EQUALITY.matcher(term);
        if (!equality.matches() || !FIELDS.contains(equality.group(1))) {
            throw Statuses.badRequest(
                    FIELDS.stream()
                            .sorted()
                            .collect(
                                    Collectors.joining(
                                            ", ", "field label not supported, known are ", "")));
        }
        String[] path = equality.group(1).split("\\.", -1);
        boolean wanted = !equality.group(2).equals("!=");
        return object ->
                Meta.text(Meta.child(object, path[0]), path[1]).equals(equality.group(3)) == wanted;
    }
}
