package dev.jitney.standalone.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jitney.classes.ClassFile;
import dev.jitney.kubernetes.Fabric8RunnerPods;
import dev.jitney.kubernetes.KubernetesConnection;
import dev.jitney.kubernetes.NodeReserve;
import dev.jitney.kubernetes.RunnerPodTemplates;
import java.util.List;

/** Whether the nodes can hold as many runners as the capacity says. */
public final class ClusterRoomCheck implements Check {
    private final KubernetesConnection connection;
    private final ClusterSettings settings;

    public ClusterRoomCheck(KubernetesConnection connection, ClusterSettings settings) {
        this.connection = connection;
        this.settings = settings;
    }

    @Override
    public String topic() {
        return "nodes";
    }

    @Override
    public List<Finding> look() {
        JsonNode now = settings.all();
        try {
            return List.of(judge(room(now), now.path("JITNEY_CAPACITY").asText()));
        } catch (IllegalArgumentException wrong) {
            return List.of(
                    Finding.fail(
                            String.valueOf(wrong.getMessage()),
                            "mend it in the ConfigMap jitney: docs/limits.md"));
        }
    }

    private int room(JsonNode now) {
        var classes = ClassFile.read("JITNEY_CLASSES", now.path("JITNEY_CLASSES").asText());
        var reserve = now.path("JITNEY_CAPACITY_NODE_RESERVE").asText(NodeReserve.USUAL);
        var templates = new RunnerPodTemplates("jitney-runners", classes);
        try (var pods = new Fabric8RunnerPods(connection, templates)) {
            return pods.room(NodeReserve.of(reserve));
        }
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
