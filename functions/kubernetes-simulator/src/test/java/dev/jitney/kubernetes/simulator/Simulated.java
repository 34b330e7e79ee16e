package dev.jitney.kubernetes.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jitney.classes.ClassFile;
import dev.jitney.kubernetes.Fabric8RunnerPods;
import dev.jitney.kubernetes.KubernetesConnection;
import dev.jitney.kubernetes.KubernetesConnection.ApiServer;
import dev.jitney.kubernetes.RunnerPodSpec;
import dev.jitney.kubernetes.RunnerPodTemplates;
import dev.jitney.kubernetes.RunnerPods;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A simulated cluster with the clients tests talk to it by. */
final class Simulated implements AutoCloseable {
    static final String NAMESPACE = "jitney-runners";

    final KubernetesSimulator cluster;
    final RunnerPods pods;
    final KubernetesClient client;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Path kubeconfig;

    Simulated(KubernetesSimulatorConfig config) throws IOException {
        cluster = KubernetesSimulator.start(config);
        kubeconfig = Files.createTempFile("jitney", ".kubeconfig");
        Files.writeString(kubeconfig, cluster.kubeconfig(), UTF_8);
        pods = pods(kubeconfig, templates(NAMESPACE, ""));
        client = client(cluster.kubeconfig());
    }

    /** A cluster a hundred times as fast as a real one. */
    static KubernetesSimulatorConfig fast(String ghesUrl) {
        return KubernetesSimulatorConfig.standard(ghesUrl).withSpeed(100);
    }

    static RunnerPods pods(Path kubeconfig, RunnerPodTemplates templates) {
        var connection =
                new KubernetesConnection(
                        new ApiServer.Kubeconfig(kubeconfig.toString()),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2));
        return new Fabric8RunnerPods(connection, templates);
    }

    /**
     * The templates of the one class of {@link #spec}.
     *
     * @param more of the class, in YAML's flow style, beginning with a comma; may be empty
     */
    static RunnerPodTemplates templates(String namespace, String more) {
        String classes = "classes: [{name: code-linux, labels: [code-linux]" + more + "}]";
        return new RunnerPodTemplates(namespace, ClassFile.read("classes", classes));
    }

    RunnerPods pods(RunnerPodTemplates templates) {
        return pods(kubeconfig, templates);
    }

    private static KubernetesClient client(String kubeconfig) {
        Config config = Config.fromKubeconfig(kubeconfig);
        config.setRequestRetryBackoffLimit(0);
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    static RunnerPodSpec spec(String organization, long jobId) {
        return new RunnerPodSpec(
                "code-linux-" + jobId,
                organization,
                "code-linux",
                jobId,
                organization + "/rocket",
                7000 + jobId);
    }

    /** Creates a runner with its configuration. */
    RunnerPodSpec start(long jobId, String jitConfig) {
        RunnerPodSpec spec = spec("acme", jobId);
        pods.handOver(spec.runner(), pods.create(spec).uid(), jitConfig);
        return spec;
    }

    JsonObject state() {
        return json(call("GET", "/_simulator/state", "", ""));
    }

    HttpResponse<String> call(String method, String path, String contentType, String body) {
        var request =
                HttpRequest.newBuilder(URI.create(cluster.url() + path))
                        .header("content-type", contentType)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static JsonObject json(HttpResponse<String> response) {
        return new JsonObject(response.body());
    }

    @Override
    public void close() throws IOException {
        pods.close();
        client.close();
        cluster.close();
        http.close();
        Files.deleteIfExists(kubeconfig);
    }
}
