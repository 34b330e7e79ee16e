package dev.jitney.kubernetes;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What all runner pods of a class have in common.
 *
 * @param namespace namespace of the pods and Secrets
 * @param runnerImage image of the runner, pinned; the official one at 2.332.0 or newer
 * @param dindImage image of the Docker daemon, pinned: a floating tag broke hosts before
 * @param runner resources of the runner container
 * @param dind resources of the Docker daemon, which holds what jobs start in containers
 * @param activeDeadline longest life of a pod, whole seconds; the kubelet ends it then
 * @param terminationGrace time between SIGTERM and SIGKILL, whole seconds; has to cover the
 *     cancellation of a job with its {@code always()} steps and the upload of its log
 * @param environment additional variables of the runner container
 * @param nodeSelector labels of the nodes that may run the pods
 * @param caConfigMap ConfigMap with the private CA of GHES under key {@code ca.crt}; empty: none
 */
public record RunnerPodTemplate(
        String namespace,
        String runnerImage,
        String dindImage,
        ContainerResources runner,
        ContainerResources dind,
        Duration activeDeadline,
        Duration terminationGrace,
        SortedMap<String, String> environment,
        SortedMap<String, String> nodeSelector,
        String caConfigMap) {

    public RunnerPodTemplate {
        ImagePin.requireRunner(runnerImage);
        ImagePin.requirePinned(dindImage);
        requireWholeSeconds("activeDeadline", activeDeadline);
        requireWholeSeconds("terminationGrace", terminationGrace);
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        nodeSelector = Collections.unmodifiableSortedMap(new TreeMap<>(nodeSelector));
    }

    /** A template for small jobs on GHES behind a public CA. */
    public static RunnerPodTemplate standard() {
        ContainerResources small =
                ContainerResources.of(
                        Map.of("cpu", "500m", "memory", "1Gi"), Map.of("memory", "4Gi"));
        return new RunnerPodTemplate(
                "jitney-runners",
                "ghcr.io/actions/actions-runner:2.336.0",
                "docker:28.5.1-dind",
                small,
                small,
                Duration.ofHours(6),
                Duration.ofMinutes(2),
                new TreeMap<>(),
                new TreeMap<>(),
                "");
    }

    private static void requireWholeSeconds(String name, Duration duration) {
        if (duration.toSeconds() < 1
                || !Duration.ofSeconds(duration.toSeconds()).equals(duration)) {
            throw new IllegalArgumentException(name + " is not whole seconds: " + duration);
        }
    }
}
