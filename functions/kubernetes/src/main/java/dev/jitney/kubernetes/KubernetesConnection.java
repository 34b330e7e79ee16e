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
 * How to reach the API server. Opening is cheap but not free (some 100 ms in a cold JVM), so it
 * happens at the first call.
 *
 * @param environment variables of the process: {@code KUBECONFIG} names the file to use; without it
 *     the service account of the pod is used
 * @param connectionTimeout longest wait for a connection
 * @param requestTimeout longest wait for an answer; the outcome is unknown after that
 */
public record KubernetesConnection(
        Map<String, String> environment, Duration connectionTimeout, Duration requestTimeout) {

    public KubernetesConnection {
        environment = Map.copyOf(environment);
    }

    /** The connection of a function: 1 s to connect, 5 s for an answer. */
    public static KubernetesConnection fromEnvironment(Map<String, String> environment) {
        return new KubernetesConnection(environment, Duration.ofSeconds(1), Duration.ofSeconds(5));
    }

    KubernetesClient open() {
        Config config = config();
        config.setConnectionTimeout((int) connectionTimeout.toMillis());
        config.setRequestTimeout((int) requestTimeout.toMillis());
        config.setRequestRetryBackoffLimit(0); // The broker redelivers; retries here would add up.
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new JdkHttpClientFactory())
                // Without the search for every model class on the class path: it costs a cold
                // start more than the rest of the client, and only typed calls are made here.
                .withKubernetesSerialization(new KubernetesSerialization(new ObjectMapper(), false))
                .build();
    }

    private Config config() {
        String kubeconfig = environment.getOrDefault("KUBECONFIG", "");
        return kubeconfig.isEmpty()
                ? Config.autoConfigure(null)
                : Config.fromKubeconfig(new File(kubeconfig));
    }
}
