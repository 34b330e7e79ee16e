package dev.jitney.kubernetes;

import dev.jitney.kubernetes.ClassSettings.ConfigMapKey;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The small parts that the pods of both modes are made of. */
final class PodParts {
    static final String RUNNER = "runner";
    static final String DOCKER = "dind";
    static final String EXTERNALS = "init-dind-externals";

    static final String WORK = "work";
    static final String WORK_PATH = "/home/runner/_work";
    static final String SOCKET = "dind-sock";
    static final String SOCKET_PATH = "/var/run";
    static final String DOCKER_EXTERNALS = "dind-externals";
    static final String EXTERNALS_PATH = "/home/runner/externals";
    static final String DOCKER_DATA = "docker-data";
    static final String DOCKER_DATA_PATH = "/var/lib/docker";
    static final String CA = "github-server-ca";
    static final String HOOK_TEMPLATE = "hook-template";

    /** Volumes and paths that a class cannot have for its own mounts. */
    static final Set<String> VOLUMES =
            Set.of(WORK, SOCKET, DOCKER_EXTERNALS, DOCKER_DATA, CA, HOOK_TEMPLATE);

    static final Set<String> PATHS =
            Set.of(WORK_PATH, SOCKET_PATH, EXTERNALS_PATH, DOCKER_DATA_PATH);

    private static final String CA_KEY = "ca.crt";
    private static final String DISK = "ephemeral-storage";

    private PodParts() {}

    static VolumeMount mount(String volume, String path) {
        return new VolumeMountBuilder().withName(volume).withMountPath(path).build();
    }

    /** The certificate as a file of its own among others. */
    static VolumeMount certificate(ConfigMapKey ca, String path) {
        return new VolumeMountBuilder(mount(CA, path))
                .withSubPath(ca.keyOr(CA_KEY))
                .withReadOnly(true)
                .build();
    }

    static List<VolumeMount> mounts(ClassSettings settings) {
        return ClassSettings.listed(settings.mounts()).stream()
                .map(
                        each ->
                                new VolumeMountBuilder(mount(each.name(), each.mountPath()))
                                        .withSubPath(each.subPath())
                                        .withReadOnly(each.readOnly())
                                        .build())
                .toList();
    }

    static List<Volume> volumes(ClassSettings settings) {
        return ClassSettings.listed(settings.mounts()).stream()
                .map(
                        each ->
                                new VolumeBuilder(StrictJson.bind(each.volume(), Volume.class))
                                        .withName(each.name())
                                        .build())
                .toList();
    }

    static Volume emptyDir(String name) {
        return new VolumeBuilder().withName(name).withNewEmptyDir().endEmptyDir().build();
    }

    /**
     * A directory on the node.
     *
     * @param most as a Kubernetes quantity; the kubelet ends a pod that takes more
     */
    static Volume emptyDir(String name, String most) {
        return new VolumeBuilder()
                .withName(name)
                .withNewEmptyDir()
                .withSizeLimit(new Quantity(most))
                .endEmptyDir()
                .build();
    }

    static Volume configMap(String name, ConfigMapKey of) {
        return new VolumeBuilder()
                .withName(name)
                .withNewConfigMap()
                .withName(of.configMap())
                .endConfigMap()
                .build();
    }

    static EnvVar env(String name, String value) {
        return new EnvVarBuilder().withName(name).withValue(value).build();
    }

    /** What a container gets of which nothing is said: enough for small jobs. */
    static ResourceRequirements resourcesOr(@Nullable ResourceRequirements own) {
        return Objects.requireNonNullElseGet(own, () -> resources("500m", "1Gi", "4Gi"));
    }

    /**
     * Resources with a limit of what is written to the node, if they say nothing of it: limits of
     * containers together are the limit of the pod. Nothing is requested, for some nodes do not say
     * how much they have.
     */
    static ResourceRequirements withDisk(ResourceRequirements resources, String most) {
        var builder = new ResourceRequirementsBuilder(resources);
        if (!says(resources.getLimits())) {
            builder.addToLimits(DISK, new Quantity(most));
            if (!says(resources.getRequests())) {
                builder.addToRequests(DISK, new Quantity("0"));
            }
        }
        return builder.build();
    }

    private static boolean says(@Nullable Map<String, Quantity> quantities) {
        return quantities != null && quantities.containsKey(DISK);
    }

    static ResourceRequirements resources(String cpu, String memory, String memoryMost) {
        return new ResourceRequirementsBuilder()
                .addToRequests("cpu", new Quantity(cpu))
                .addToRequests("memory", new Quantity(memory))
                .addToLimits("memory", new Quantity(memoryMost))
                .build();
    }
}
