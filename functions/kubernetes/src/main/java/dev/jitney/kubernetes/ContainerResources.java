package dev.jitney.kubernetes;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a container asks for and what it may use at most, as Kubernetes quantities by resource name,
 * for example {@code cpu -> 500m}, {@code memory -> 1Gi}.
 *
 * @param requests what the scheduler sets aside; no request exceeds its limit
 * @param limits the most the container may use; a resource without an entry is not limited
 */
public record ContainerResources(
        SortedMap<String, String> requests, SortedMap<String, String> limits) {

    public ContainerResources {
        requests = Collections.unmodifiableSortedMap(new TreeMap<>(requests));
        limits = Collections.unmodifiableSortedMap(new TreeMap<>(limits));
        for (Map.Entry<String, String> request : requests.entrySet()) {
            String limit = limits.getOrDefault(request.getKey(), request.getValue());
            if (amount(request.getValue()).compareTo(amount(limit)) > 0) {
                throw new IllegalArgumentException(
                        "request exceeds limit for %s: %s > %s"
                                .formatted(request.getKey(), request.getValue(), limit));
            }
        }
        limits.values().forEach(ContainerResources::amount);
    }

    /** Resources from two maps of quantities by resource name. */
    public static ContainerResources of(Map<String, String> requests, Map<String, String> limits) {
        return new ContainerResources(new TreeMap<>(requests), new TreeMap<>(limits));
    }

    private static BigDecimal amount(String quantity) {
        return Quantity.parse(quantity).getNumericalAmount();
    }
}
