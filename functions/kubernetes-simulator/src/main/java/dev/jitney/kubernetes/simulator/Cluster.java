package dev.jitney.kubernetes.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What is in the cluster before anybody calls. */
final class Cluster {
    private static final String RUNNERS = "jitney-runners";

    private Cluster() {}

    static void furnish(Objects objects, KubernetesSimulatorConfig config) {
        for (String name : List.of("default", "jitney", RUNNERS)) {
            JsonObject active = new JsonObject().put("phase", "Active");
            objects.add(Kind.NAMESPACE, named(name).put("status", active));
        }
        for (int index = 1; index <= config.nodes(); index++) {
            objects.add(Kind.NODE, node("node-" + index, config.podsPerNode()));
        }
        if (config.podQuota() > 0) {
            JsonObject hard = new JsonObject().put("pods", Integer.toString(config.podQuota()));
            JsonObject quota = named("runner-pods").put("spec", new JsonObject().put("hard", hard));
            Meta.metadata(quota).put("namespace", RUNNERS);
            objects.add(Kind.RESOURCE_QUOTA, quota);
        }
    }

    private static JsonObject node(String name, int pods) {
        JsonObject room =
                new JsonObject()
                        .put("cpu", "64")
                        .put("memory", "256Gi")
                        .put("pods", Integer.toString(pods));
        JsonObject ready = new JsonObject().put("type", "Ready").put("status", "True");
        JsonObject node = named(name);
        Meta.metadata(node).put("labels", new JsonObject().put("kubernetes.io/hostname", name));
        return node.put("spec", new JsonObject())
                .put(
                        "status",
                        new JsonObject()
                                .put("capacity", room)
                                .put("allocatable", room.copy())
                                .put("conditions", new JsonArray().add(ready)));
    }

    private static JsonObject named(String name) {
        return new JsonObject().put("metadata", new JsonObject().put("name", name));
    }
}
