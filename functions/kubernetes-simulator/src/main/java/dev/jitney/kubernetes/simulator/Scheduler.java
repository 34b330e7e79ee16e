package dev.jitney.kubernetes.simulator;

import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Chooses nodes by the number of pods and by node selectors; CPU and memory are not looked at. */
final class Scheduler {
    private final List<JsonObject> nodes;
    private final Map<String, Long> podsByNode;

    private Scheduler(List<JsonObject> nodes, Map<String, Long> podsByNode) {
        this.nodes = nodes;
        this.podsByNode = podsByNode;
    }

    /**
     * A scheduler that sees the cluster as it is now.
     *
     * @param pods all pods; ended ones take no room
     */
    static Scheduler of(List<JsonObject> nodes, List<JsonObject> pods) {
        return new Scheduler(
                nodes,
                pods.stream()
                        .filter(pod -> !Meta.isTerminal(pod))
                        .map(Meta::node)
                        .filter(node -> !node.isEmpty())
                        .collect(
                                Collectors.groupingBy(Function.identity(), Collectors.counting())));
    }

    /** The cluster with one more pod on a node. */
    Scheduler plus(String node) {
        Map<String, Long> more = new HashMap<>(podsByNode);
        more.merge(node, 1L, Long::sum);
        return new Scheduler(nodes, more);
    }

    /** The emptiest node that has room for the pod; of equally empty ones the first by name. */
    Optional<String> place(JsonObject pod) {
        return nodes.stream()
                .filter(node -> matches(node, pod))
                .filter(node -> free(node) > 0)
                .max(
                        Comparator.<JsonObject>comparingLong(this::free)
                                .thenComparing(Meta::name, Comparator.reverseOrder()))
                .map(Meta::name);
    }

    String whyNot(JsonObject pod) {
        long matching = nodes.stream().filter(node -> matches(node, pod)).count();
        long others = nodes.size() - matching;
        String full = matching == 0 ? "" : " " + matching + " Too many pods.";
        String unmatched =
                others == 0
                        ? ""
                        : " " + others + " node(s) didn't match Pod's node affinity/selector.";
        return "0/%d nodes are available:%s%s".formatted(nodes.size(), full, unmatched);
    }

    private long free(JsonObject node) {
        String allocatable =
                Meta.text(Meta.child(Meta.child(node, "status"), "allocatable"), "pods");
        return Long.parseLong(allocatable) - podsByNode.getOrDefault(Meta.name(node), 0L);
    }

    private static boolean matches(JsonObject node, JsonObject pod) {
        if (Boolean.TRUE.equals(Meta.spec(node).getValue("unschedulable"))) {
            return false;
        }
        JsonObject selector = Meta.child(Meta.spec(pod), "nodeSelector");
        return selector.stream()
                .allMatch(wanted -> Meta.label(node, wanted.getKey()).equals(wanted.getValue()));
    }
}
