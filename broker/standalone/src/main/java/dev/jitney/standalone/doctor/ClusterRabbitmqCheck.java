package dev.jitney.standalone.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jitney.kubernetes.ClusterInspection;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Whether the RabbitMQ of the broker is there and lets the broker make its exchanges and queues:
 * the topology operator asks a cluster in another namespace for an annotation.
 */
public final class ClusterRabbitmqCheck implements Check {
    private static final String API = "rabbitmq.com/v1beta1";
    private static final String ALLOWED = "rabbitmq.com/topology-allowed-namespaces";
    private static final String CONFIG = "RabbitmqBrokerConfig";

    /** Of the topology operator; the first is of the cluster operator. */
    private static final List<String> KINDS =
            List.of("RabbitmqCluster", "Binding", "Exchange", "Policy", "Queue");

    private final ClusterInspection cluster;
    private final boolean live;
    private final JsonNode planned;

    /**
     * @param live whether the reference that the cluster has counts, where it has one
     * @param resources what is to be applied
     */
    public ClusterRabbitmqCheck(
            ClusterInspection cluster, boolean live, List<ObjectNode> resources) {
        this.cluster = cluster;
        this.live = live;
        this.planned =
                resources.stream()
                        .filter(each -> each.path("kind").asText().equals(CONFIG))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("no " + CONFIG));
    }

    @Override
    public String topic() {
        return "RabbitMQ";
    }

    @Override
    public List<Finding> look() {
        SortedSet<String> missing = new TreeSet<>(KINDS);
        missing.removeAll(cluster.kinds(API));
        if (!missing.isEmpty()) {
            return List.of(
                    Finding.fail(
                            API + " lacks " + String.join(", ", missing),
                            "install cert-manager, the RabbitMQ Cluster Operator and the Messaging"
                                    + " Topology Operator: docs/install.md"));
        }
        JsonNode named = config().at("/spec/rabbitmqClusterReference");
        String namespace = named.path("namespace").asText();
        String name = named.path("name").asText();
        return List.of(
                judge(
                        namespace,
                        name,
                        cluster.find(
                                "/apis/%s/namespaces/%s/rabbitmqclusters/%s"
                                        .formatted(API, namespace, name))));
    }

    private JsonNode config() {
        String path =
                "/apis/eventing.knative.dev/v1alpha1/namespaces/jitney/rabbitmqbrokerconfigs/"
                        + "events-rabbitmq";
        return live ? cluster.find(path).orElse(planned) : planned;
    }

    static Finding judge(String namespace, String name, Optional<JsonNode> found) {
        if (found.isEmpty()) {
            return Finding.fail(
                    "there is no RabbitmqCluster " + namespace + "/" + name,
                    "name yours with ./jitney install --rabbitmq NAMESPACE/NAME");
        }
        String allowed = found.get().path("metadata").path("annotations").path(ALLOWED).asText();
        boolean isAllowed =
                namespace.equals("jitney")
                        || Arrays.stream(allowed.split(",", -1))
                                .map(String::strip)
                                .anyMatch(each -> each.equals("jitney") || each.equals("*"));
        return isAllowed
                ? Finding.ok("RabbitmqCluster " + namespace + "/" + name + " lets jitney in")
                : Finding.fail(
                        "RabbitmqCluster %s/%s does not let namespace jitney in"
                                .formatted(namespace, name),
                        "kubectl -n %s annotate rabbitmqcluster %s %s=jitney"
                                        .formatted(namespace, name, ALLOWED)
                                + " (others are listed with commas)");
    }
}
