package dev.jitney.kubernetes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * How many runners nodes can hold. Each node counts with the first class whose pod may run there,
 * as many as fit into it when nothing else is there but a reserve.
 *
 * <p>It is an estimate on purpose: it needs no rights but to list nodes. What it promises too much
 * stays pending and gives its slot back after a while; what it promises too little waits.
 */
final class NodeRoom {
    private static final String PODS = "pods";

    /** In the order of the classes: what the pod of each needs. */
    private final List<PodNeed> classes;

    private final NodeReserve reserve;

    /**
     * @param classes pods of the classes, in their order
     */
    NodeRoom(List<PodSpec> classes, NodeReserve reserve) {
        this.classes = classes.stream().map(PodNeed::of).toList();
        this.reserve = reserve;
    }

    /** How many runners these nodes can hold together. */
    int of(Collection<Node> nodes) {
        long all = nodes.stream().mapToLong(this::of).sum();
        return (int) Math.min(Integer.MAX_VALUE, all);
    }

    private long of(Node node) {
        if (!NodeFit.isOpen(node)) {
            return 0;
        }
        return classes.stream()
                .filter(each -> NodeFit.mayRun(each.spec(), node))
                .findFirst()
                .map(each -> fitting(each, node))
                .orElse(0L);
    }

    private long fitting(PodNeed need, Node node) {
        Map<String, Quantity> room = node.getStatus().getAllocatable();
        long most = times(free(room, PODS), BigDecimal.ONE);
        for (var request : need.requests().entrySet()) {
            if (request.getValue().signum() > 0) {
                most = Math.min(most, times(free(room, request.getKey()), request.getValue()));
            }
        }
        return most;
    }

    /** Nothing where the node does not say that it has any. */
    private BigDecimal free(Map<String, Quantity> room, String resource) {
        Quantity there = room == null ? null : room.get(resource);
        BigDecimal all = there == null ? BigDecimal.ZERO : amount(there);
        return all.subtract(reserve.amountOf(resource));
    }

    private static long times(BigDecimal room, BigDecimal need) {
        return room.signum() <= 0 ? 0 : room.divide(need, 0, RoundingMode.FLOOR).longValue();
    }

    static BigDecimal amount(Quantity quantity) {
        return Quantity.getAmountInBytes(quantity);
    }
}
