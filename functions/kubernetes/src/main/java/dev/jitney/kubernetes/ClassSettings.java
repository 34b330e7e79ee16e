package dev.jitney.kubernetes;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a class says of its pods in words of Jitney's, docs/runner-classes.md, as Jackson reads it:
 * what is left out is null. {@link WrittenChecks} has checked what it holds.
 *
 * <p>It names none of the large types of Kubernetes: a cold start would pay for all of them.
 *
 * @param mode how jobs get their containers; {@code dind} if it is left out
 * @param maxMinutes longest life of a pod in minutes; the kubelet ends it then
 * @param image of the runner, pinned; the official one at 2.332.0 or newer
 * @param resources of the runner's container
 * @param env further environment of the runner's container
 * @param mounts volumes that runner and Docker see at the same path
 * @param ca private certificate authority of GHES and registries
 */
record ClassSettings(
        @Nullable Mode mode,
        @Nullable Integer maxMinutes,
        @Nullable String image,
        @Nullable ResourceRequirements resources,
        @Nullable List<EnvVar> env,
        @Nullable List<Mount> mounts,
        @Nullable ConfigMapKey ca,
        @Nullable Dind dind,
        @Nullable Hooks kubernetes) {
    private static final int MINUTES = 360;

    ClassSettings {
        env = listed(env);
        mounts = listed(mounts);
    }

    boolean hasDocker() {
        return mode != Mode.KUBERNETES;
    }

    long deadlineSeconds() {
        return 60L * Objects.requireNonNullElse(maxMinutes, MINUTES);
    }

    Dind docker() {
        return dind == null ? new Dind(null, null, null, null, null, null) : dind;
    }

    Hooks hooks() {
        return kubernetes == null ? new Hooks(null, null, null) : kubernetes;
    }

    static <T> List<T> listed(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    /** How jobs get their containers. */
    enum Mode {
        /** From a Docker daemon beside the runner. */
        @JsonProperty("dind")
        DIND,
        /** As pods of their own, which the runner asks Kubernetes for: container hooks. */
        @JsonProperty("kubernetes")
        KUBERNETES
    }

    /**
     * A volume that runner and Docker see at the same path: the daemon resolves what jobs mount in
     * its own file system.
     *
     * @param volume a Kubernetes volume without its name
     */
    record Mount(
            String name,
            String mountPath,
            @Nullable String subPath,
            @Nullable Boolean readOnly,
            JsonNode volume) {}

    /**
     * A file in a ConfigMap.
     *
     * @param configMap in the namespace of the runners
     */
    record ConfigMapKey(String configMap, @Nullable String key) {
        String keyOr(String standard) {
            return Objects.requireNonNullElse(key, standard);
        }
    }

    /**
     * The Docker daemon of mode {@code dind}.
     *
     * @param registryMirrors URLs that the daemon asks before Docker Hub
     * @param mtu largest packet in bytes on all networks of the daemon; Docker's 1500 if it is left
     *     out
     * @param disk most that the images and containers of Docker may take, as a Kubernetes quantity
     * @param workDisk most that {@code _work} may take
     */
    record Dind(
            @Nullable String image,
            @Nullable ResourceRequirements resources,
            @Nullable List<String> registryMirrors,
            @Nullable Integer mtu,
            @Nullable String disk,
            @Nullable String workDisk) {
        /** Of an emptyDir: the kubelet ends a pod that takes more. */
        private static final String DISK = "50Gi";

        Dind {
            registryMirrors = listed(registryMirrors);
        }

        String diskOrStandard() {
            return Objects.requireNonNullElse(disk, DISK);
        }

        String workDiskOrStandard() {
            return Objects.requireNonNullElse(workDisk, DISK);
        }
    }

    /**
     * The container hooks of mode {@code kubernetes}.
     *
     * @param requireJobContainer whether a job without {@code container:} fails, as it does if this
     *     is left out; with false such a job runs in the runner's own container
     * @param hookTemplate pod template that the hooks lay over the pods of jobs
     * @param work the volume of {@code _work}, which runner and job share
     */
    record Hooks(
            @Nullable Boolean requireJobContainer,
            @Nullable ConfigMapKey hookTemplate,
            @Nullable WorkClaim work) {}

    /**
     * A claim that lives as long as the runner's pod.
     *
     * @param storage its size as a Kubernetes quantity
     */
    record WorkClaim(
            @Nullable String storageClassName,
            @Nullable String storage,
            @Nullable List<String> accessModes) {}
}
