package dev.jitney.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jitney.classes.ClassEntry;
import dev.jitney.classes.ClassFile;
import dev.jitney.yaml.YamlField;
import dev.jitney.yaml.YamlField.Entry;
import dev.jitney.yaml.YamlWrong;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.List;
import java.util.Set;

/**
 * What all runner pods of a class have in common: everything but the runner's name, labels and
 * configuration.
 *
 * <p>Three layers, each over the one before: the pod that Jitney makes for what the class says
 * ({@link PodBase}), the {@code template} of the defaults, the {@code template} of the class.
 */
record RunnerPodTemplate(PodTemplateSpec pod) {
    private static final String TEMPLATE = "template";
    private static final Set<String> DOCKER = Set.of(PodParts.DOCKER, PodParts.EXTERNALS);

    /**
     * Reads what a class, and the defaults for it, say of its pods.
     *
     * @throws YamlWrong at the line of what is wrong; at the line of the class if only the whole is
     */
    static RunnerPodTemplate of(YamlField defaults, ClassEntry entry) {
        Said common = Said.of(defaults);
        Said own = Said.of(entry.written());
        ClassSettings settings =
                StrictJson.bind(
                        PodMerge.over(common.settings(), own.settings()), ClassSettings.class);
        WrittenChecks.checkMode(entry.written(), settings.hasDocker());
        if (!settings.hasDocker()) {
            takeDockerOut(common.template());
        }
        PodTemplateSpec pod = laidOver(settings, List.of(common.template(), own.template()));
        try {
            PodChecks.check(pod.getSpec());
        } catch (IllegalArgumentException e) {
            throw entry.written()
                    .wrong("class '" + entry.runnerClass().name() + "': " + e.getMessage());
        }
        return new RunnerPodTemplate(pod);
    }

    /** What one part of the file says, in Jitney's words and as a pod; each may be empty. */
    private record Said(ObjectNode settings, ObjectNode template) {
        static Said of(YamlField written) {
            ObjectNode settings = StrictJson.object();
            ObjectNode template = StrictJson.object();
            for (Entry each : ClassFile.aboutPods(written)) {
                JsonNode value = StrictJson.tree(each.value().plain());
                if (!each.name().equals(TEMPLATE)) {
                    settings.set(each.name(), value);
                } else if (!value.isNull()) {
                    StrictJson.check(value, PodTemplateSpec.class, each.value());
                    template = said((ObjectNode) value);
                }
            }
            StrictJson.check(settings, ClassSettings.class, written);
            WrittenChecks.check(written);
            return new Said(settings, template);
        }
    }

    /** What the defaults say of Docker is not meant for a class without it. */
    private static void takeDockerOut(ObjectNode template) {
        if (template.at("/spec/initContainers") instanceof ArrayNode containers) {
            for (int i = containers.size() - 1; i >= 0; i--) {
                if (DOCKER.contains(containers.get(i).path("name").asText())) {
                    containers.remove(i);
                }
            }
        }
    }

    private static PodTemplateSpec laidOver(ClassSettings settings, List<ObjectNode> templates) {
        PodTemplateSpec base = PodBase.of(settings);
        if (templates.stream().allMatch(ObjectNode::isEmpty)) {
            return base; // Most classes of a small site: nothing to pay for.
        }
        ObjectNode pod = (ObjectNode) StrictJson.tree(base);
        for (ObjectNode template : templates) {
            pod = PodMerge.over(pod, template);
        }
        PodTemplateSpec merged = StrictJson.bind(pod, PodTemplateSpec.class);
        followRunner(merged.getSpec(), PodBase.image(settings));
        return merged;
    }

    /** A pod is not without these: a key without a value says nothing of them. */
    private static ObjectNode said(ObjectNode template) {
        for (String needed : List.of("metadata", "spec")) {
            if (template.path(needed).isNull()) {
                template.remove(needed);
            }
        }
        if (template.at("/spec/containers").isNull()) {
            ((ObjectNode) template.get("spec")).remove("containers");
        }
        return template;
    }

    /** The copy of Node.js comes from the image that the runner has after all. */
    private static void followRunner(PodSpec pod, String before) {
        String image = pod.getContainers().getFirst().getImage();
        pod.getInitContainers().stream()
                .filter(each -> each.getName().equals(PodParts.EXTERNALS))
                .filter(each -> before.equals(each.getImage()))
                .forEach(each -> each.setImage(image));
    }
}
