package dev.jitney.kubernetes;

import dev.jitney.kubernetes.ClassSettings.ConfigMapKey;
import dev.jitney.kubernetes.ClassSettings.Dind;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A runner with Docker beside it.
 *
 * <p>The layout follows the {@code dind} mode of the Actions Runner Controller 0.14 with one
 * difference: the runner has no wait loop for Docker, because GitHub's own starts the runner anyway
 * when the time is up. Here {@code dind} is a native sidecar (Kubernetes 1.29) with a startup
 * probe: the kubelet starts the runner only after {@code docker info} succeeded, and a runner that
 * cannot have Docker never takes a job.
 */
final class DindPod {
    /** Pinned: a floating tag broke hosts before. */
    static final String IMAGE = "docker:28.5.1-dind";

    private static final String SOCKET = "unix:///var/run/docker.sock";

    /** Go reads every file here, whatever bundle it found besides. */
    private static final String CA_FILE = "/etc/ssl/certs/github-server-ca.crt";

    private DindPod() {}

    static void addTo(PodSpecBuilder pod, ClassSettings settings) {
        Dind docker = settings.docker();
        pod.withAutomountServiceAccountToken(false)
                .withInitContainers(externals(settings), dind(settings))
                .withContainers(
                        PodBase.runner(
                                settings,
                                PodParts.withDisk(
                                        PodParts.resourcesOr(settings.resources()),
                                        docker.workDiskOrStandard()),
                                List.of(PodParts.env("DOCKER_HOST", SOCKET)),
                                List.of(
                                        PodParts.mount(PodParts.WORK, PodParts.WORK_PATH),
                                        PodParts.mount(PodParts.SOCKET, PodParts.SOCKET_PATH))))
                .withVolumes(
                        PodBase.volumes(
                                settings,
                                List.of(
                                        PodParts.emptyDir(
                                                PodParts.WORK, docker.workDiskOrStandard()),
                                        PodParts.emptyDir(
                                                PodParts.DOCKER_DATA, docker.diskOrStandard()),
                                        PodParts.emptyDir(PodParts.SOCKET),
                                        PodParts.emptyDir(PodParts.DOCKER_EXTERNALS))));
    }

    /** Node.js for JavaScript actions: {@code container:} jobs mount it from the daemon's side. */
    private static Container externals(ClassSettings settings) {
        return new ContainerBuilder()
                .withName(PodParts.EXTERNALS)
                .withImage(PodBase.image(settings))
                .withCommand("cp")
                .withArgs("-r", "/home/runner/externals/.", "/home/runner/tmpDir/")
                .withResources(PodParts.resources("100m", "128Mi", "512Mi"))
                .withVolumeMounts(PodParts.mount(PodParts.DOCKER_EXTERNALS, "/home/runner/tmpDir"))
                .build();
    }

    private static Container dind(ClassSettings settings) {
        Dind docker = settings.docker();
        return new ContainerBuilder()
                .withName(PodParts.DOCKER)
                .withImage(Objects.requireNonNullElse(docker.image(), IMAGE))
                .withArgs(arguments(docker))
                .withEnv(
                        PodParts.env(
                                "DOCKER_GROUP_GID", "123")) // Group docker of the runner image.
                .withRestartPolicy("Always")
                .withResources(
                        PodParts.withDisk(
                                PodParts.resourcesOr(docker.resources()), docker.diskOrStandard()))
                .withNewSecurityContext()
                .withPrivileged(true)
                .endSecurityContext()
                .withNewStartupProbe()
                .withNewExec()
                .withCommand("docker", "info")
                .endExec()
                .withInitialDelaySeconds(0)
                .withPeriodSeconds(5)
                .withFailureThreshold(24)
                .endStartupProbe()
                .withVolumeMounts(mounts(settings))
                .build();
    }

    private static List<String> arguments(Dind docker) {
        List<String> arguments = new ArrayList<>();
        arguments.add("dockerd");
        arguments.add("--host=" + SOCKET);
        arguments.add("--group=$(DOCKER_GROUP_GID)");
        ClassSettings.listed(docker.registryMirrors())
                .forEach(mirror -> arguments.add("--registry-mirror=" + mirror));
        Integer mtu = docker.mtu();
        if (mtu != null) {
            arguments.add("--mtu=" + mtu);
            // The runner makes a network for each container job, which the option above is not for.
            arguments.add("--default-network-opt=bridge=com.docker.network.driver.mtu=" + mtu);
        }
        return arguments;
    }

    private static List<VolumeMount> mounts(ClassSettings settings) {
        List<VolumeMount> mounts = new ArrayList<>();
        mounts.add(PodParts.mount(PodParts.WORK, PodParts.WORK_PATH));
        mounts.add(PodParts.mount(PodParts.SOCKET, PodParts.SOCKET_PATH));
        mounts.add(PodParts.mount(PodParts.DOCKER_EXTERNALS, PodParts.EXTERNALS_PATH));
        // Else images and containers are in a volume of the image, which nobody counts.
        mounts.add(PodParts.mount(PodParts.DOCKER_DATA, PodParts.DOCKER_DATA_PATH));
        ConfigMapKey ca = settings.ca();
        if (ca != null) {
            mounts.add(PodParts.certificate(ca, CA_FILE));
        }
        mounts.addAll(PodParts.mounts(settings));
        return mounts;
    }
}
