package dev.jitney.kubernetes.simulator;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The part of Kubernetes' validation that a wrongly rendered runner pod would meet. */
final class Validation {
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final Pattern DNS_LABEL = Pattern.compile(LABEL);
    private static final Pattern DNS_SUBDOMAIN = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
    private static final Pattern LABEL_VALUE =
            Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?");
    private static final Pattern SECRET_KEY = Pattern.compile("[-._a-zA-Z0-9]{1,253}");
    private static final String WHY_SUBDOMAIN =
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-'"
                    + " or '.', and must start and end with an alphanumeric character (e.g."
                    + " 'example.com', regex used for validation is '"
                    + DNS_SUBDOMAIN.pattern()
                    + "')";

    private final List<FieldProblem> problems = new ArrayList<>();

    private Validation() {}

    /** Everything wrong with an object that is to be created; empty if it may be. */
    static List<FieldProblem> problems(Kind kind, JsonObject object) {
        Validation validation = new Validation();
        validation.metadata(object);
        switch (kind) {
            case POD -> validation.pod(Meta.spec(object));
            case SECRET -> validation.secret(object);
            case NAMESPACE, NODE, RESOURCE_QUOTA -> {}
        }
        return List.copyOf(validation.problems);
    }

    private void metadata(JsonObject object) {
        String name = Meta.name(object);
        if (name.isEmpty()) {
            problems.add(
                    new FieldProblem(
                            "metadata.name",
                            "FieldValueRequired",
                            "Required value: name or generateName is required"));
        } else if (name.length() > 253 || !DNS_SUBDOMAIN.matcher(name).matches()) {
            problems.add(FieldProblem.invalid("metadata.name", name, WHY_SUBDOMAIN));
        }
        JsonObject labels = Meta.child(Meta.metadata(object), "labels");
        for (String key : labels.fieldNames()) {
            String value = Meta.text(labels, key);
            if (value.length() > 63 || !LABEL_VALUE.matcher(value).matches()) {
                problems.add(
                        FieldProblem.invalid(
                                "metadata.labels",
                                value,
                                "a valid label must be an empty string or"
                                        + " consist of alphanumeric characters, '-', '_' or '.'"));
            }
        }
        Meta.children(Meta.metadata(object), "ownerReferences")
                .filter(owner -> Meta.text(owner, "uid").isEmpty())
                .forEach(
                        owner ->
                                problems.add(
                                        FieldProblem.required("metadata.ownerReferences.uid")));
    }

    private void pod(JsonObject spec) {
        if (Meta.children(spec, "containers").findAny().isEmpty()) {
            problems.add(FieldProblem.required("spec.containers"));
        }
        Set<String> volumes =
                Meta.children(spec, "volumes")
                        .map(volume -> Meta.text(volume, "name"))
                        .collect(Collectors.toSet());
        Set<String> names = new HashSet<>();
        containers(spec, "initContainers", names, volumes);
        containers(spec, "containers", names, volumes);
        oneOf(
                "spec.restartPolicy",
                Meta.text(spec, "restartPolicy"),
                "Always",
                "OnFailure",
                "Never");
        if (spec.getValue("activeDeadlineSeconds") instanceof Number deadline
                && deadline.longValue() < 1) {
            problems.add(
                    FieldProblem.invalid(
                            "spec.activeDeadlineSeconds",
                            deadline.toString(),
                            "must be between 1 and 2147483647, inclusive"));
        }
    }

    private void containers(JsonObject spec, String list, Set<String> names, Set<String> volumes) {
        int index = 0;
        for (JsonObject container : Meta.children(spec, list).toList()) {
            String field = "spec.%s[%d]".formatted(list, index++);
            String name = Meta.text(container, "name");
            if (name.isEmpty()) {
                problems.add(FieldProblem.required(field + ".name"));
            } else if (name.length() > 63 || !DNS_LABEL.matcher(name).matches()) {
                problems.add(FieldProblem.invalid(field + ".name", name, "not an RFC 1123 label"));
            } else if (!names.add(name)) {
                problems.add(FieldProblem.duplicate(field + ".name", name));
            }
            if (Meta.text(container, "image").isEmpty()) {
                problems.add(FieldProblem.required(field + ".image"));
            }
            container(container, field, list, volumes);
        }
    }

    private void container(JsonObject container, String field, String list, Set<String> volumes) {
        String restartPolicy = Meta.text(container, "restartPolicy");
        if (list.equals("initContainers")) {
            oneOf(field + ".restartPolicy", restartPolicy, "Always");
        } else if (!restartPolicy.isEmpty()) {
            problems.add(
                    FieldProblem.forbidden(
                            field + ".restartPolicy", "may not be set for non-init containers"));
        }
        Meta.children(container, "volumeMounts")
                .map(mount -> Meta.text(mount, "name"))
                .filter(volume -> !volumes.contains(volume))
                .forEach(
                        volume ->
                                problems.add(
                                        FieldProblem.notFound(
                                                field + ".volumeMounts.name", volume)));
        SecretUse.of(container)
                .filter(use -> use.secret().isEmpty() || use.key().isEmpty())
                .forEach(
                        use ->
                                problems.add(
                                        FieldProblem.required(
                                                field + ".env.valueFrom.secretKeyRef")));
    }

    private void oneOf(String field, String value, String... allowed) {
        if (!value.isEmpty() && !Set.of(allowed).contains(value)) {
            String supported =
                    List.of(allowed).stream()
                            .sorted()
                            .collect(Collectors.joining("\", \"", "\"", "\""));
            problems.add(FieldProblem.unsupported(field, value, supported));
        }
    }

    private void secret(JsonObject secret) {
        for (String key : Meta.child(secret, "data").fieldNames()) {
            if (!SECRET_KEY.matcher(key).matches()) {
                problems.add(
                        FieldProblem.invalid(
                                "data[" + key + "]",
                                key,
                                "a valid config key must consist of alphanumeric characters, '-',"
                                        + " '_' or '.'"));
            }
        }
    }

    /** Whether all values of a Secret are base64; if not, the API server cannot even decode it. */
    static boolean isBase64(JsonObject data) {
        try {
            data.forEach(entry -> Base64.getDecoder().decode(entry.getValue().toString()));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
