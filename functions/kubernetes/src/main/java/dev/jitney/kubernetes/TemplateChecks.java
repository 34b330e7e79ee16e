package dev.jitney.kubernetes;

import dev.jitney.yaml.YamlField;
import dev.jitney.yaml.YamlField.Entry;
import dev.jitney.yaml.YamlWrong;
import java.util.List;
import java.util.Map;

/** Keeps a template from saying what is Jitney's to say. Everything throws {@link YamlWrong}. */
final class TemplateChecks {
    private static final Map<String, String> METADATA =
            Map.of(
                    "name", "a pod has the name of its runner",
                    "generateName", "a pod has the name of its runner",
                    "namespace", "all runners are in JITNEY_RUNNER_NAMESPACE");

    private static final Map<String, String> SPEC =
            Map.of(
                    "restartPolicy", "a runner's pod is never restarted",
                    "activeDeadlineSeconds", "write maxMinutes");

    private static final List<String> OWN_LABELS =
            List.of("jitney.dev/", "app.kubernetes.io/managed-by", "app.kubernetes.io/name");

    private static final String JIT = "ACTIONS_RUNNER_INPUT_";

    private TemplateChecks() {}

    static void check(YamlField template) {
        template.given("metadata").ifPresent(TemplateChecks::metadata);
        template.given("spec").ifPresent(TemplateChecks::spec);
    }

    private static void metadata(YamlField metadata) {
        refuse(metadata, METADATA);
        for (String kind : List.of("labels", "annotations")) {
            metadata.given(kind).stream()
                    .flatMap(each -> each.entries(kind).stream())
                    .map(Entry::key)
                    .forEach(TemplateChecks::label);
        }
    }

    private static void label(YamlField key) {
        String name = key.text("a name");
        if (OWN_LABELS.stream().anyMatch(name::startsWith)) {
            throw key.wrong("'" + name + "' is Jitney's own; take another");
        }
    }

    private static void spec(YamlField spec) {
        refuse(spec, SPEC);
        spec.given("containers").ifPresent(TemplateChecks::containers);
        for (String kind : List.of("containers", "initContainers")) {
            spec.given(kind).stream()
                    .flatMap(each -> each.items("a list of containers").stream())
                    .forEach(TemplateChecks::container);
        }
    }

    private static void refuse(YamlField mapping, Map<String, String> reasons) {
        for (Entry each : mapping.entries("fields")) {
            String reason = reasons.get(each.name());
            if (reason != null) {
                throw each.key().wrong("take '" + each.name() + "' out: " + reason);
            }
        }
    }

    private static void containers(YamlField list) {
        for (YamlField each : list.items("a list of containers")) {
            YamlField name = each.get("name");
            if (!name.text("a name").equals(PodParts.RUNNER)) {
                throw name.wrong(
                        "a pod ends with its runner, and another container would keep it; write '"
                                + name.text("a name")
                                + "' under initContainers with restartPolicy: Always");
            }
        }
    }

    private static void container(YamlField container) {
        container.get("name").text("a name");
        container.given("env").ifPresent(TemplateChecks::environment);
    }

    /** Also for the variables of the class. */
    static void environment(YamlField env) {
        Credentials.refuse(env);
        for (YamlField each : env.items("a list of variables")) {
            YamlField name = each.get("name");
            if (name.text("a name").startsWith(JIT)) {
                throw name.wrong("take it out: the runner gets its configuration from Jitney");
            }
        }
    }
}
