package dev.jitney.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Base64;
import java.util.Map;

/**
 * The Secret that hands a runner its just-in-time configuration. The pod owns it, so Kubernetes
 * removes it with the pod, whoever deletes the pod.
 */
final class RunnerSecret {
    static final String JIT_CONFIG = "jitconfig";

    private RunnerSecret() {}

    static Secret render(String namespace, String runner, String podUid, String jitConfig) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(runner)
                .withNamespace(namespace)
                .withLabels(RunnerLabels.ours(runner))
                .addNewOwnerReference()
                .withApiVersion("v1")
                .withKind("Pod")
                .withName(runner)
                .withUid(podUid)
                .endOwnerReference()
                .endMetadata()
                .withType("Opaque")
                .withData(
                        Map.of(
                                JIT_CONFIG,
                                Base64.getEncoder().encodeToString(jitConfig.getBytes(UTF_8))))
                .build();
    }
}
