package dev.jitney.standalone.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jitney.kubernetes.ClusterInspection;
import java.util.List;

/** The settings of the functions: those that the cluster has, or will have. */
public final class ClusterSettings {
    private final ClusterInspection cluster;
    private final boolean live;
    private final JsonNode planned;

    /**
     * @param live whether those that the cluster has count, where it has some
     * @param resources what is to be applied, with its settings
     */
    public ClusterSettings(ClusterInspection cluster, boolean live, List<ObjectNode> resources) {
        this.cluster = cluster;
        this.live = live;
        this.planned =
                resources.stream()
                        .filter(each -> each.path("kind").asText().equals("ConfigMap"))
                        .filter(each -> each.at("/metadata/name").asText().equals("jitney"))
                        .map(each -> each.path("data"))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("no ConfigMap jitney"));
    }

    /** By their keys. */
    JsonNode all() {
        return live
                ? cluster.find("/api/v1/namespaces/jitney/configmaps/jitney")
                        .map(each -> each.path("data"))
                        .orElse(planned)
                : planned;
    }
}
