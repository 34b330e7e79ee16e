package dev.jitney.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks the whole of a pod, which no single part of the file says. Everything throws {@link
 * IllegalArgumentException} with the reason.
 */
final class PodChecks {
    private PodChecks() {}

    static void check(PodSpec pod) {
        Set<String> volumes =
                pod.getVolumes().stream().map(Volume::getName).collect(Collectors.toSet());
        containers(pod)
                .forEach(
                        container -> {
                            image(container);
                            mounts(container, volumes);
                            resources(container);
                        });
    }

    private static Stream<Container> containers(PodSpec pod) {
        return Stream.of(pod.getInitContainers(), pod.getContainers()).flatMap(List::stream);
    }

    private static void image(Container container) {
        String image = container.getImage();
        if (image == null || image.isBlank()) {
            throw wrong(container, "has no image");
        }
        if (container.getName().equals(PodParts.RUNNER)) {
            ImagePin.requireRunner(image);
        } else {
            ImagePin.requirePinned(image);
        }
    }

    private static void mounts(Container container, Set<String> volumes) {
        Set<String> paths = new HashSet<>();
        for (VolumeMount mount : container.getVolumeMounts()) {
            if (!paths.add(mount.getMountPath())) {
                throw wrong(container, "mounts two volumes at " + mount.getMountPath());
            }
            if (!volumes.contains(mount.getName())) {
                throw wrong(
                        container,
                        "mounts '%s', and no volume has that name".formatted(mount.getName()));
            }
        }
    }

    private static void resources(Container container) {
        ResourceRequirements resources = container.getResources();
        if (resources == null) {
            return;
        }
        Map<String, Quantity> limits = mapped(resources.getLimits());
        limits.forEach((name, limit) -> amount(container, name, limit));
        mapped(resources.getRequests())
                .forEach(
                        (name, request) -> {
                            Quantity limit = limits.getOrDefault(name, request);
                            if (amount(container, name, request)
                                            .compareTo(amount(container, name, limit))
                                    > 0) {
                                throw wrong(
                                        container,
                                        "requests more %s than its limit: %s and %s"
                                                .formatted(name, request, limit));
                            }
                        });
    }

    private static Map<String, Quantity> mapped(@Nullable Map<String, Quantity> quantities) {
        return quantities == null ? Map.of() : quantities;
    }

    private static BigDecimal amount(Container container, String name, Quantity quantity) {
        try {
            return quantity.getNumericalAmount();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "container '%s': '%s' is no quantity of %s; write one such as 500m, 2 or 8Gi"
                            .formatted(container.getName(), quantity, name),
                    e);
        }
    }

    private static IllegalArgumentException wrong(Container container, String reason) {
        return new IllegalArgumentException("container '" + container.getName() + "' " + reason);
    }
}
