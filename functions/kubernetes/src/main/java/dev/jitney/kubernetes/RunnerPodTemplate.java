package dev.jitney.kubernetes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jitney.classes.ClassEntry;
import dev.jitney.classes.ClassFile;
import dev.jitney.yaml.YamlField;
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
        ObjectNode common = read(defaults);
        ObjectNode own = read(entry.written());
        ClassSettings settings =
                StrictJson.bind(
                        PodMerge.over(without(common, TEMPLATE), without(own, TEMPLATE)),
                        ClassSettings.class);
        WrittenChecks.checkMode(entry.written(), settings.hasDocker());
        if (!settings.hasDocker()) {
            takeDockerOut(common);
        }
        PodTemplateSpec pod = laidOver(settings, List.of(common, own));
        try {
            PodChecks.check(pod.getSpec());
        } catch (IllegalArgumentException e) {
            throw entry.written()
                    .wrong("class '" + entry.runnerClass().name() + "': " + e.getMessage());
        }
        return new RunnerPodTemplate(pod);
    }

    private static ObjectNode read(YamlField written) {
        ObjectNode tree = StrictJson.object();
        ClassFile.aboutPods(written)
                .forEach(each -> tree.set(each.name(), StrictJson.tree(each.value().plain())));
        StrictJson.check(tree, ClassSettings.class, written);
        WrittenChecks.check(written);
        return tree;
    }

    private static ObjectNode without(ObjectNode tree, String field) {
        return tree.deepCopy().without(field);
    }

    /** What the defaults say of Docker is not meant for a class without it. */
    private static void takeDockerOut(ObjectNode defaults) {
        if (defaults.at("/template/spec/initContainers") instanceof ArrayNode containers) {
            for (int i = containers.size() - 1; i >= 0; i--) {
                if (DOCKER.contains(containers.get(i).path("name").asText())) {
                    containers.remove(i);
                }
            }
        }
    }

    private static PodTemplateSpec laidOver(ClassSettings settings, List<ObjectNode> layers) {
        ObjectNode pod = (ObjectNode) StrictJson.tree(PodBase.of(settings));
        for (ObjectNode layer : layers) {
            if (layer.get(TEMPLATE) instanceof ObjectNode template) {
                pod = PodMerge.over(pod, said(template));
            }
        }
        PodTemplateSpec merged = StrictJson.bind(pod, PodTemplateSpec.class);
        followRunner(merged.getSpec(), PodBase.image(settings));
        return merged;
    }

    /** A pod is not without these: a key without a value says nothing of them. */
    private static ObjectNode said(ObjectNode template) {
        ObjectNode said = template.deepCopy();
        for (String needed : List.of("metadata", "spec")) {
            if (said.path(needed).isNull()) {
                said.remove(needed);
            }
        }
        if (said.at("/spec/containers").isNull()) {
            ((ObjectNode) said.get("spec")).remove("containers");
        }
        return said;
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
