package dev.jitney.broker.activator;

import dev.jitney.broker.dispatcher.ServiceRef;
import dev.jitney.broker.dispatcher.manifest.GoDuration;
import dev.jitney.broker.dispatcher.manifest.Manifests;
import io.fabric8.knative.serving.v1.RevisionSpec;
import io.fabric8.knative.serving.v1.RevisionTemplateSpec;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a Service of the manifests asks for, with Knative's defaults filled in.
 *
 * @param window how long a lower load must last before instances are stopped
 * @param retention how much longer the last one stays
 * @param timeout of one request
 * @param probePath path of the readiness probe; null probes the TCP port
 * @param heapMegabytes the most heap of an instance
 */
record Revision(
        ServiceRef service,
        Container container,
        List<Volume> volumes,
        Scale scale,
        Duration window,
        Duration retention,
        Duration timeout,
        @Nullable String probePath,
        int heapMegabytes) {
    private static final String AUTOSCALING = "autoscaling.knative.dev/";
    private static final int HEAP_MEGABYTES_BY_DEFAULT = 128;

    static Revision of(Service service, ActivatorConfig.Timing timing) {
        RevisionTemplateSpec template = service.getSpec().getTemplate();
        RevisionSpec spec = template.getSpec();
        Container container = spec.getContainers().getFirst();
        Map<String, String> annotations =
                template.getMetadata() == null || template.getMetadata().getAnnotations() == null
                        ? Map.of()
                        : template.getMetadata().getAnnotations();
        Long concurrency = spec.getContainerConcurrency();
        return new Revision(
                Manifests.refOf(service),
                container,
                spec.getVolumes(),
                new Scale(
                        number(annotations, "min-scale"),
                        number(annotations, "max-scale"),
                        concurrency == null ? 0 : Math.toIntExact(concurrency)),
                timing.window() != null
                        ? timing.window()
                        : duration(annotations, "window", Duration.ofMinutes(1)),
                timing.retention() != null
                        ? timing.retention()
                        : duration(
                                annotations, "scale-to-zero-pod-retention-period", Duration.ZERO),
                Duration.ofSeconds(
                        spec.getTimeoutSeconds() == null ? 300 : spec.getTimeoutSeconds()),
                probePath(container.getReadinessProbe()),
                heap(container));
    }

    private static int number(Map<String, String> annotations, String name) {
        return Integer.parseInt(annotations.getOrDefault(AUTOSCALING + name, "0"));
    }

    private static Duration duration(
            Map<String, String> annotations, String name, Duration otherwise) {
        return Optional.ofNullable(annotations.get(AUTOSCALING + name))
                .flatMap(GoDuration::parse)
                .orElse(otherwise);
    }

    private static @Nullable String probePath(@Nullable Probe probe) {
        if (probe == null || probe.getHttpGet() == null) {
            return null;
        }
        String path = probe.getHttpGet().getPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    /** A third of the memory limit: the rest is for the JVM itself. */
    private static int heap(Container container) {
        if (container.getResources() == null || container.getResources().getLimits() == null) {
            return HEAP_MEGABYTES_BY_DEFAULT;
        }
        Quantity memory = container.getResources().getLimits().get("memory");
        if (memory == null) {
            return HEAP_MEGABYTES_BY_DEFAULT;
        }
        BigDecimal bytes = Quantity.getAmountInBytes(memory);
        return Math.clamp((bytes.longValue() / 3) >> 20, 32, 1024);
    }
}
