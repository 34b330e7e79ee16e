package dev.jitney.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.File;
import java.time.Duration;
import java.util.Map;

/**
 * How to reach the API server. Opening is cheap but not free, so it happens at the first call.
 *
 * @param kubeconfig path of the file to use; empty for the service account of the pod
 * @param connectionTimeout longest wait for a connection
 * @param requestTimeout longest wait for an answer; the outcome is unknown after that
 */
public record KubernetesConnection(
        String kubeconfig, Duration connectionTimeout, Duration requestTimeout) {

    /**
     * The connection of a function: 1 s to connect, 5 s for an answer, to the cluster of {@code
     * KUBECONFIG} if that is set, else to the one the function runs in.
     *
     * @throws IllegalArgumentException outside of a cluster without {@code KUBECONFIG}: the file in
     *     somebody's home directory may name any cluster, so it is not used
     */
    public static KubernetesConnection fromEnvironment(Map<String, String> environment) {
        String kubeconfig = environment.getOrDefault("KUBECONFIG", "");
        if (kubeconfig.isEmpty() && !environment.containsKey("KUBERNETES_SERVICE_HOST")) {
            throw new IllegalArgumentException("not in a cluster, and KUBECONFIG is not set");
        }
        return new KubernetesConnection(kubeconfig, Duration.ofSeconds(1), Duration.ofSeconds(5));
    }

    KubernetesClient open() {
        Config config =
                kubeconfig.isEmpty()
                        ? Config.autoConfigure(null)
                        : Config.fromKubeconfig(new File(kubeconfig));
        config.setConnectionTimeout((int) connectionTimeout.toMillis());
        config.setRequestTimeout((int) requestTimeout.toMillis());
        config.setRequestRetryBackoffLimit(0); // The broker redelivers; retries here would add up.
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new JdkHttpClientFactory())
                // Without the search for every model class on the class path, which is slow in a
                // cold JVM: only typed calls are made here.
                .withKubernetesSerialization(new KubernetesSerialization(new ObjectMapper(), false))
                .build();
    }
}
