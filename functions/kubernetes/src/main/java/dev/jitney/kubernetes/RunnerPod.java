package dev.jitney.kubernetes;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The pod of one runner: the template of its class with what is the runner's own. The same spec and
 * template always give the same pod.
 */
final class RunnerPod {
    private RunnerPod() {}

    static Pod render(String namespace, RunnerPodSpec spec, RunnerPodTemplate template) {
        PodTemplateSpec of = template.pod();
        ObjectMeta metadata = of.getMetadata();
        return new PodBuilder()
                .withMetadata(metadata)
                .editMetadata()
                .withName(spec.runner())
                .withNamespace(namespace)
                .withLabels(with(metadata.getLabels(), RunnerLabels.labels(spec)))
                .withAnnotations(with(metadata.getAnnotations(), RunnerLabels.annotations(spec)))
                .endMetadata()
                .withSpec(of.getSpec())
                .editSpec()
                .editMatchingContainer(each -> each.getName().equals(PodParts.RUNNER))
                .addToEnv(0, jitConfig(spec))
                .endContainer()
                .endSpec()
                .build();
    }

    /** The configuration stays in the Secret: the pod only says which. */
    private static EnvVar jitConfig(RunnerPodSpec spec) {
        return new EnvVarBuilder()
                .withName("ACTIONS_RUNNER_INPUT_JITCONFIG")
                .withNewValueFrom()
                .withNewSecretKeyRef(RunnerSecret.JIT_CONFIG, spec.runner(), null)
                .endValueFrom()
                .build();
    }

    private static Map<String, String> with(
            @Nullable Map<String, String> template, Map<String, String> ours) {
        Map<String, String> all = new TreeMap<>(template == null ? Map.of() : template);
        all.putAll(ours);
        return all;
    }
}
