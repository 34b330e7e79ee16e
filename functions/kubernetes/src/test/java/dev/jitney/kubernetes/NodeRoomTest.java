package dev.jitney.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeRoomTest {
    private static final NodeReserve NONE = NodeReserve.of("");

    private static final PodSpec SMALL =
            pod("containers: [{name: runner, resources: {requests: {cpu: 2, memory: 4Gi}}}]");

    private static Node node(String more) {
        return Serialization.unmarshal(
                """
                apiVersion: v1
                kind: Node
                metadata: {name: one, labels: {pool: fast, cores: "64"}}
                spec: {}
                status:
                  conditions: [{type: Ready, status: "True"}]
                  allocatable: {cpu: "16", memory: 64Gi, pods: "110"}
                """
                        + more,
                Node.class);
    }

    private static Node tainted(Taint taint) {
        Node node = node("");
        node.getSpec().setTaints(List.of(taint));
        return node;
    }

    private static PodSpec pod(String spec) {
        return Serialization.unmarshal(spec, PodSpec.class);
    }

    private static int room(PodSpec pod, Node node) {
        return new NodeRoom(List.of(pod), NONE).of(List.of(node));
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    '{cpu: 2, memory: 4Gi}',     8
                    '{cpu: 500m, memory: 16Gi}', 4
                    '{cpu: 1500m}',              10
                    '{}',                        110
                    '{nvidia.com/gpu: 1}',       0
                    '{cpu: 17}',                 0
                    """)
    void theScarcestResourceCounts(String requests, int runners) {
        String spec = "containers: [{name: runner, resources: {requests: " + requests + "}}]";
        assertEquals(runners, room(pod(spec), node("")));
    }

    @Test
    void sidecarsCountBesideTheRunner_initContainersWhereTheyAreMore() {
        String small =
                """
                initContainers:
                  - {name: copy, resources: {requests: {cpu: 3}}}
                  - {name: dind, restartPolicy: Always, resources: {requests: {cpu: 1}}}
                containers: [{name: runner, resources: {limits: {cpu: 1}}}]
                """;
        assertEquals(5, room(pod(small), node("")));
        assertEquals(8, room(pod(small.replace("cpu: 3", "cpu: 2")), node("")));
    }

    @Test
    void whatIsReservedIsNoRoom() {
        NodeReserve reserve = NodeReserve.of("cpu=1,memory=1Gi,pods=108");
        assertEquals(2, new NodeRoom(List.of(SMALL), reserve).of(List.of(node(""))));
        assertEquals(
                7,
                new NodeRoom(List.of(SMALL), NodeReserve.of(NodeReserve.USUAL))
                        .of(List.of(node(""))));
        String message =
                assertThrows(IllegalArgumentException.class, () -> NodeReserve.of("cpu:1"))
                        .getMessage();
        assertEquals(
                "JITNEY_CAPACITY_NODE_RESERVE is 'cpu:1'; write name=quantity,name=quantity,"
                        + " for example cpu=500m,memory=1Gi,pods=10",
                message);
    }

    @Test
    void aNodeCountsWithTheFirstClassThatMayRunThere() {
        PodSpec gpu =
                pod(
                        """
                        tolerations: [{key: gpu, operator: Exists}]
                        nodeSelector: {pool: fast}
                        containers: [{name: runner, resources: {requests: {cpu: 8}}}]
                        """);
        Node plain = node("");
        Node tainted = tainted(new Taint("NoSchedule", "gpu", null, null));
        NodeRoom room = new NodeRoom(List.of(SMALL, gpu), NONE);
        assertEquals(8, room.of(List.of(plain)));
        assertEquals(2, room.of(List.of(tainted)));
        assertEquals(10, room.of(List.of(plain, tainted)));
    }

    @Test
    void cordonedNotReadyAndLeavingNodesHoldNothing() {
        Node cordoned = node("");
        cordoned.getSpec().setUnschedulable(true);
        Node silent = node("");
        silent.getStatus().getConditions().getFirst().setStatus("Unknown");
        Node leaving = node("");
        leaving.getMetadata().setDeletionTimestamp("2030-01-01T00:00:00Z");
        assertEquals(0, new NodeRoom(List.of(SMALL), NONE).of(List.of(cordoned, silent, leaving)));
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    '{key: pool, operator: In, values: [slow, fast]}', 8
                    '{key: pool, operator: In, values: [slow]}',       0
                    '{key: pool, operator: NotIn, values: [fast]}',    0
                    '{key: zone, operator: NotIn, values: [a]}',       8
                    '{key: pool, operator: Exists}',                   8
                    '{key: pool, operator: DoesNotExist}',             0
                    '{key: cores, operator: Gt, values: ["32"]}',      8
                    '{key: cores, operator: Lt, values: ["32"]}',      0
                    """)
    void whatAClassRequiresOfItsNode(String expression, int runners) {
        PodSpec pod =
                pod(
                        """
                        affinity:
                          nodeAffinity:
                            requiredDuringSchedulingIgnoredDuringExecution:
                              nodeSelectorTerms: [{matchExpressions: [%s]}]
                        containers: [{name: runner, resources: {requests: {cpu: 2}}}]
                        """
                                .formatted(expression));
        assertEquals(runners, room(pod, node("")));
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    '{operator: Exists}',                                   8
                    '{key: team, operator: Exists, effect: NoSchedule}',    8
                    '{key: team, value: a}',                                8
                    '{key: team, value: b}',                                0
                    '{key: team, operator: Exists, effect: NoExecute}',     0
                    '{key: other, operator: Exists}',                       0
                    """)
    void whatAClassTolerates(String toleration, int runners) {
        Node node = tainted(new Taint("NoSchedule", "team", null, "a"));
        PodSpec pod =
                pod(
                        "tolerations: [%s]\ncontainers: [{name: runner, resources: {requests: {cpu: 2}}}]"
                                .formatted(toleration));
        assertEquals(runners, room(pod, node));
    }
}
