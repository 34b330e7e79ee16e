package dev.jitney.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What the scheduler sets aside for a pod.
 *
 * @param requests by name of the resource: of the containers and sidecars together, or of the
 *     largest init container with the sidecars that started before it, whichever is more; and the
 *     overhead of the pod
 */
record PodNeed(PodSpec spec, Map<String, BigDecimal> requests) {

    static PodNeed of(PodSpec spec) {
        Map<String, BigDecimal> running = new TreeMap<>();
        Map<String, BigDecimal> most = new TreeMap<>();
        for (Container init : Objects.requireNonNullElse(spec.getInitContainers(), none())) {
            if ("Always".equals(init.getRestartPolicy())) {
                add(running, requests(init));
            } else {
                Map<String, BigDecimal> starting = new TreeMap<>(running);
                add(starting, requests(init));
                starting.forEach((name, amount) -> most.merge(name, amount, BigDecimal::max));
            }
        }
        spec.getContainers().forEach(each -> add(running, requests(each)));
        running.forEach((name, amount) -> most.merge(name, amount, BigDecimal::max));
        add(most, Objects.requireNonNullElse(spec.getOverhead(), Map.of()));
        return new PodNeed(spec, most);
    }

    private static List<Container> none() {
        return List.of();
    }

    private static void add(Map<String, BigDecimal> sum, Map<String, Quantity> more) {
        more.forEach(
                (name, quantity) -> sum.merge(name, NodeRoom.amount(quantity), BigDecimal::add));
    }

    /** A limit without a request is one, too. */
    private static Map<String, Quantity> requests(Container container) {
        ResourceRequirements resources = container.getResources();
        if (resources == null) {
            return Map.of();
        }
        Map<String, Quantity> requests = new TreeMap<>();
        if (resources.getLimits() != null) {
            requests.putAll(resources.getLimits());
        }
        if (resources.getRequests() != null) {
            requests.putAll(resources.getRequests());
        }
        return requests;
    }
}
