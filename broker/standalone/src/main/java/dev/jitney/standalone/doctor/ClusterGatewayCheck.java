package dev.jitney.standalone.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jitney.kubernetes.ClusterInspection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Whether the network policies let Knative's gateway reach the functions. */
public final class ClusterGatewayCheck implements Check {
    private static final String CONFIG =
            "/api/v1/namespaces/knative-serving/configmaps/config-network";
    private static final String TODO =
            "add the namespace of its gateway to the policy from-knative, in own/: docs/install.md";

    /** Where gateways are, by the beginning of their class. */
    private static final Map<String, String> NAMESPACES =
            Map.of(
                    "kourier",
                    "kourier-system",
                    "istio",
                    "istio-system",
                    "contour",
                    "contour-external");

    private final ClusterInspection cluster;
    private final Set<String> allowed = new TreeSet<>();

    /**
     * @param resources what is to be applied, with its network policies
     */
    public ClusterGatewayCheck(ClusterInspection cluster, List<ObjectNode> resources) {
        this.cluster = cluster;
        resources.stream()
                .filter(each -> each.path("kind").asText().equals("NetworkPolicy"))
                .filter(each -> each.at("/metadata/name").asText().equals("from-knative"))
                .flatMap(each -> each.findValues("values").stream())
                .forEach(values -> values.forEach(each -> allowed.add(each.asText())));
    }

    @Override
    public String topic() {
        return "gateway";
    }

    @Override
    public List<Finding> look() {
        String kind =
                cluster.find(CONFIG)
                        .map(each -> each.path("data").path("ingress-class").asText())
                        .orElse("");
        if (kind.isEmpty()) {
            return List.of(
                    Finding.ok(
                            "Knative does not say which gateway it has; policies let in those of "
                                    + String.join(", ", allowed)));
        }
        String namespace = NAMESPACES.getOrDefault(kind.replaceFirst("\\..*", ""), "");
        boolean isLetIn =
                allowed.contains(namespace) && cluster.exists("/api/v1/namespaces/" + namespace);
        return List.of(
                isLetIn
                        ? Finding.ok("policies let in the gateway in " + namespace)
                        : Finding.warn(
                                "the gateway of class " + kind + " is not where policies know one",
                                TODO));
    }
}
