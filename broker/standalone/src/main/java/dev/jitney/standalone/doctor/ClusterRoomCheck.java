package dev.jitney.standalone.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jitney.classes.ClassFile;
import dev.jitney.kubernetes.ClusterInspection;
import dev.jitney.kubernetes.Fabric8RunnerPods;
import dev.jitney.kubernetes.KubernetesConnection;
import dev.jitney.kubernetes.NodeReserve;
import dev.jitney.kubernetes.RunnerPodTemplates;
import java.util.List;

/** Whether the nodes can hold as many runners as the capacity says. */
public final class ClusterRoomCheck implements Check {
    private final KubernetesConnection connection;
    private final ClusterInspection cluster;
    private final boolean live;
    private final JsonNode planned;

    /**
     * @param live whether the settings that the cluster has count, where it has some
     * @param resources what is to be applied, with its settings
     */
    public ClusterRoomCheck(
            KubernetesConnection connection,
            ClusterInspection cluster,
            boolean live,
            List<ObjectNode> resources) {
        this.connection = connection;
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

    @Override
    public String topic() {
        return "nodes";
    }

    @Override
    public List<Finding> look() {
        JsonNode settings = settings();
        try {
            return List.of(judge(room(settings), settings.path("JITNEY_CAPACITY").asText()));
        } catch (IllegalArgumentException wrong) {
            return List.of(
                    Finding.fail(
                            String.valueOf(wrong.getMessage()),
                            "mend it in the ConfigMap jitney: docs/limits.md"));
        }
    }

    private int room(JsonNode settings) {
        var classes = ClassFile.read("JITNEY_CLASSES", settings.path("JITNEY_CLASSES").asText());
        var reserve = settings.path("JITNEY_CAPACITY_NODE_RESERVE").asText(NodeReserve.USUAL);
        var templates = new RunnerPodTemplates("jitney-runners", classes);
        try (var pods = new Fabric8RunnerPods(connection, templates)) {
            return pods.room(NodeReserve.of(reserve));
        }
    }

    private JsonNode settings() {
        return live
                ? cluster.find("/api/v1/namespaces/jitney/configmaps/jitney")
                        .map(each -> each.path("data"))
                        .orElse(planned)
                : planned;
    }

    static Finding judge(int room, String capacity) {
        String what = "nodes can hold about " + room + " runners; JITNEY_CAPACITY is " + capacity;
        if (capacity.equals("auto")) {
            return room > 0
                    ? Finding.ok(what)
                    : Finding.warn(what, "right if an autoscaler adds nodes: docs/capacity.md");
        }
        if (!capacity.matches("[0-9]{1,9}")) {
            return Finding.fail(what, "write a number from 0, or auto");
        }
        return room >= Integer.parseInt(capacity)
                ? Finding.ok(what)
                : Finding.warn(
                        what,
                        "runners beyond that stay pending until a node comes; without an autoscaler"
                                + " give --capacity "
                                + room
                                + ", or auto");
    }
}
