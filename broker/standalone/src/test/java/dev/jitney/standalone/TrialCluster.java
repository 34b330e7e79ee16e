package dev.jitney.standalone;

import dev.jitney.kubernetes.simulator.KubernetesSimulator;
import dev.jitney.kubernetes.simulator.KubernetesSimulatorConfig;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A simulated cluster, as somebody has made it ready for Jitney. */
record TrialCluster(KubernetesSimulator simulator, Path kubeconfig) implements AutoCloseable {

    /** Without anything that Kubernetes does not bring itself; four nodes. */
    static TrialCluster empty(Path directory) {
        // The simulated runners call nobody here.
        var simulator =
                KubernetesSimulator.start(KubernetesSimulatorConfig.standard("http://127.0.0.1:1"));
        try {
            Path file = directory.resolve("kubeconfig");
            return new TrialCluster(simulator, Files.writeString(file, simulator.kubeconfig()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With Knative, the broker for Kafka, and the operator of Infinispan. */
    static TrialCluster ready(Path directory) {
        TrialCluster cluster = empty(directory);
        var simulator = cluster.simulator();
        simulator.serve("serving.knative.dev/v1", List.of("Service"));
        simulator.serve("eventing.knative.dev/v1", List.of("Broker", "Trigger"));
        simulator.serve("sources.knative.dev/v1", List.of("PingSource", "SinkBinding"));
        simulator.serve("internal.kafka.eventing.knative.dev/v1alpha1", List.of("ConsumerGroup"));
        simulator.serve("infinispan.org/v1", List.of("Infinispan"));
        simulator.serve("infinispan.org/v2alpha1", List.of("Cache"));
        for (String each : List.of("services.serving", "brokers.eventing")) {
            cluster.define(each + ".knative.dev", "1.22.1");
        }
        return cluster;
    }

    /** A definition of a kind, as one version of its maker has it. */
    void define(String name, String version) {
        var labels = new JsonObject().put("app.kubernetes.io/version", version);
        simulator.show(
                "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/" + name,
                new JsonObject().put("metadata", new JsonObject().put("labels", labels)));
    }

    @Override
    public void close() {
        simulator.close();
    }
}
