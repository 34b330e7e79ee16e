package dev.jitney.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/**
 * The pods that GitHub's container hooks make for a job. The hooks delete them when the job ends;
 * of a runner that was killed they are left, and nobody owns them.
 */
final class HookPods {
    /** What the hooks put on each: the name of the runner's pod. */
    private static final String RUNNER_POD = "runner-pod";

    private HookPods() {}

    /** Deletes those of one runner; none is no failure. */
    static void delete(KubernetesClient client, String namespace, String runner) {
        try {
            for (Pod each :
                    client.pods()
                            .inNamespace(namespace)
                            .withLabel(RUNNER_POD, runner)
                            .list()
                            .getItems()) {
                client.pods()
                        .inNamespace(namespace)
                        .withName(each.getMetadata().getName())
                        .delete();
            }
        } catch (KubernetesClientException e) {
            throw FailureKind.of("delete pods of the job on " + runner, e);
        }
    }
}
