package dev.jitney.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The pod of one runner with Docker beside it. The same spec and template always give the same pod.
 *
 * <p>The layout follows the {@code dind} mode of the Actions Runner Controller 0.14 with one
 * difference: the runner has no wait loop for Docker, because GitHub's own starts the runner anyway
 * when the time is up. Here {@code dind} is a native sidecar (Kubernetes 1.29) with a startup
 * probe: the kubelet starts the runner only after {@code docker info} succeeded, and a runner that
 * cannot have Docker never takes a job.
 */
final class RunnerPod {
    private static final String WORK = "work";
    private static final String SOCKET = "dind-sock";
    private static final String EXTERNALS = "dind-externals";
    private static final String CA = "github-server-ca";
    private static final String CA_FILE = "/usr/local/share/ca-certificates/github-server-ca.crt";

    private RunnerPod() {}

    static Pod render(RunnerPodSpec spec, RunnerPodTemplate template) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(spec.runner())
                .withNamespace(template.namespace())
                .withLabels(RunnerLabels.labels(spec))
                .withAnnotations(RunnerLabels.annotations(spec))
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withActiveDeadlineSeconds(template.activeDeadline().toSeconds())
                .withTerminationGracePeriodSeconds(template.terminationGrace().toSeconds())
                .withNodeSelector(
                        template.nodeSelector().isEmpty() ? null : template.nodeSelector())
                .withInitContainers(externals(template), dind(template))
                .withContainers(runner(spec, template))
                .withVolumes(volumes(template))
                .endSpec()
                .build();
    }

    /** Node.js for JavaScript actions: {@code container:} jobs mount it from the daemon's side. */
    private static Container externals(RunnerPodTemplate template) {
        return new ContainerBuilder()
                .withName("init-dind-externals")
                .withImage(template.runnerImage())
                .withCommand("cp")
                .withArgs("-r", "/home/runner/externals/.", "/home/runner/tmpDir/")
                .withResources(resources(template.runner()))
                .withVolumeMounts(mount(EXTERNALS, "/home/runner/tmpDir"))
                .build();
    }

    private static Container dind(RunnerPodTemplate template) {
        return new ContainerBuilder()
                .withName("dind")
                .withImage(template.dindImage())
                .withArgs(
                        "dockerd",
                        "--host=unix:///var/run/docker.sock",
                        "--group=$(DOCKER_GROUP_GID)")
                .withEnv(env("DOCKER_GROUP_GID", "123")) // Group docker of the runner image.
                .withRestartPolicy("Always")
                .withResources(resources(template.dind()))
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
                .withVolumeMounts(
                        mount(WORK, "/home/runner/_work"),
                        mount(SOCKET, "/var/run"),
                        mount(EXTERNALS, "/home/runner/externals"))
                .build();
    }

    private static Container runner(RunnerPodSpec spec, RunnerPodTemplate template) {
        List<VolumeMount> mounts = new ArrayList<>();
        mounts.add(mount(WORK, "/home/runner/_work"));
        mounts.add(mount(SOCKET, "/var/run"));
        if (!template.caConfigMap().isEmpty()) {
            mounts.add(
                    new VolumeMountBuilder(mount(CA, CA_FILE))
                            .withSubPath("ca.crt")
                            .withReadOnly(true)
                            .build());
        }
        return new ContainerBuilder()
                .withName("runner")
                .withImage(template.runnerImage())
                .withCommand("/home/runner/run.sh")
                .withEnv(environment(spec, template))
                .withResources(resources(template.runner()))
                .withVolumeMounts(mounts)
                .build();
    }

    private static List<EnvVar> environment(RunnerPodSpec spec, RunnerPodTemplate template) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("DOCKER_HOST", "unix:///var/run/docker.sock");
        values.put("GITHUB_ACTIONS_RUNNER_FORCE_GHES", "1");
        values.put("ACTIONS_RUNNER_RETURN_VERSION_DEPRECATED_EXIT_CODE", "1");
        if (!template.caConfigMap().isEmpty()) {
            values.put("NODE_EXTRA_CA_CERTS", CA_FILE);
            values.put("RUNNER_UPDATE_CA_CERTS", "1");
        }
        values.putAll(template.environment());

        List<EnvVar> environment = new ArrayList<>();
        environment.add(
                new EnvVarBuilder()
                        .withName("ACTIONS_RUNNER_INPUT_JITCONFIG")
                        .withNewValueFrom()
                        .withNewSecretKeyRef(RunnerSecret.JIT_CONFIG, spec.runner(), null)
                        .endValueFrom()
                        .build());
        values.forEach((name, value) -> environment.add(env(name, value)));
        return environment;
    }

    private static List<Volume> volumes(RunnerPodTemplate template) {
        List<Volume> volumes = new ArrayList<>();
        for (String name : List.of(WORK, SOCKET, EXTERNALS)) {
            volumes.add(new VolumeBuilder().withName(name).withNewEmptyDir().endEmptyDir().build());
        }
        if (!template.caConfigMap().isEmpty()) {
            volumes.add(
                    new VolumeBuilder()
                            .withName(CA)
                            .withNewConfigMap()
                            .withName(template.caConfigMap())
                            .endConfigMap()
                            .build());
        }
        return volumes;
    }

    private static ResourceRequirements resources(ContainerResources resources) {
        Map<String, Quantity> requests = new LinkedHashMap<>();
        resources.requests().forEach((name, amount) -> requests.put(name, new Quantity(amount)));
        Map<String, Quantity> limits = new LinkedHashMap<>();
        resources.limits().forEach((name, amount) -> limits.put(name, new Quantity(amount)));
        return new ResourceRequirementsBuilder().withRequests(requests).withLimits(limits).build();
    }

    private static VolumeMount mount(String volume, String path) {
        return new VolumeMountBuilder().withName(volume).withMountPath(path).build();
    }

    private static EnvVar env(String name, String value) {
        return new EnvVarBuilder().withName(name).withValue(value).build();
    }
}
