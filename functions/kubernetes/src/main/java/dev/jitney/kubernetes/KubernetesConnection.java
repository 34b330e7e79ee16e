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
 * @param server which API server
 * @param connectionTimeout longest wait for a connection
 * @param requestTimeout longest wait for an answer; the outcome is unknown after that
 */
public record KubernetesConnection(
        ApiServer server, Duration connectionTimeout, Duration requestTimeout) {

    /** Which API server, and with whose credentials. */
    public sealed interface ApiServer {
        /** The one of the cluster this process runs in, with the service account of the pod. */
        record OwnCluster() implements ApiServer {}

        /**
         * The current context of a kubeconfig file. Reading it takes a cold JVM about half a
         * second.
         */
        record Kubeconfig(String path) implements ApiServer {}

        /** A URL without credentials: the simulator, or {@code kubectl proxy}. */
        record Url(String url) implements ApiServer {}
    }

    /**
     * The connection of a function: 1 s to connect, 5 s for an answer, to the URL {@code
     * KUBERNETES_MASTER} (the variable that Fabric8 reads) or the cluster of {@code KUBECONFIG} if
     * one of them is set, in this order, else to the cluster the function runs in.
     *
     * @throws IllegalArgumentException outside of a cluster without either variable: the file in
     *     somebody's home directory may name any cluster, so it is not used
     */
    public static KubernetesConnection fromEnvironment(Map<String, String> environment) {
        return new KubernetesConnection(
                server(environment), Duration.ofSeconds(1), Duration.ofSeconds(5));
    }

    private static ApiServer server(Map<String, String> environment) {
        String url = environment.getOrDefault("KUBERNETES_MASTER", "");
        if (!url.isEmpty()) {
            return new ApiServer.Url(url);
        }
        String kubeconfig = environment.getOrDefault("KUBECONFIG", "");
        if (!kubeconfig.isEmpty()) {
            return new ApiServer.Kubeconfig(kubeconfig);
        }
        if (!environment.containsKey("KUBERNETES_SERVICE_HOST")) {
            throw new IllegalArgumentException(
                    "not in a cluster, and neither KUBERNETES_MASTER nor KUBECONFIG is set");
        }
        return new ApiServer.OwnCluster();
    }

    private static Config config(ApiServer server) {
        return switch (server) {
            case ApiServer.OwnCluster() -> Config.autoConfigure(null);
            case ApiServer.Kubeconfig(String path) -> Config.fromKubeconfig(new File(path));
            case ApiServer.Url(String url) -> {
                Config config = Config.empty();
                config.setMasterUrl(url);
                yield config;
            }
        };
    }

    KubernetesClient open() {
        Config config = config(server);
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
