package dev.jitney.kubernetes;

import dev.jitney.kubernetes.ClassSettings.ConfigMapKey;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The pod that a class has before its {@code template} is laid over it. */
final class PodBase {
    /** Pinned, and no older than {@link ImagePin} allows. */
    static final String RUNNER_IMAGE = "ghcr.io/actions/actions-runner:2.336.0";

    private static final String CA_FILE = "/usr/local/share/ca-certificates/github-server-ca.crt";

    /** Covers the cancellation of a job with its always() steps and the upload of its log. */
    private static final long GRACE_SECONDS = 120;

    private PodBase() {}

    static PodTemplateSpec of(ClassSettings settings) {
        ObjectMetaBuilder metadata = new ObjectMetaBuilder();
        PodSpecBuilder pod =
                new PodSpecBuilder()
                        .withRestartPolicy("Never")
                        .withEnableServiceLinks(false)
                        .withActiveDeadlineSeconds(settings.deadlineSeconds())
                        .withTerminationGracePeriodSeconds(GRACE_SECONDS);
        if (settings.hasDocker()) {
            DindPod.addTo(pod, settings);
        } else {
            HooksPod.addTo(pod, settings);
            metadata.addToLabels(RunnerLabels.MODE, RunnerLabels.HOOKS);
        }
        return new PodTemplateSpecBuilder()
                .withMetadata(metadata.build())
                .withSpec(pod.build())
                .build();
    }

    static String image(ClassSettings settings) {
        return Objects.requireNonNullElse(settings.image(), RUNNER_IMAGE);
    }

    /**
     * The runner's container.
     *
     * @param resources of the class, with what the mode adds
     * @param variables of the mode, the first ones
     * @param mounts of the mode, the first ones
     */
    static Container runner(
            ClassSettings settings,
            ResourceRequirements resources,
            List<EnvVar> variables,
            List<VolumeMount> mounts) {
        List<EnvVar> environment = new ArrayList<>(variables);
        environment.add(PodParts.env("GITHUB_ACTIONS_RUNNER_FORCE_GHES", "1"));
        environment.add(PodParts.env("ACTIONS_RUNNER_RETURN_VERSION_DEPRECATED_EXIT_CODE", "1"));
        List<VolumeMount> all = new ArrayList<>(mounts);
        ConfigMapKey ca = settings.ca();
        if (ca != null) {
            environment.add(PodParts.env("NODE_EXTRA_CA_CERTS", CA_FILE));
            environment.add(PodParts.env("RUNNER_UPDATE_CA_CERTS", "1"));
            all.add(PodParts.certificate(ca, CA_FILE));
        }
        for (EnvVar own : ClassSettings.listed(settings.env())) {
            environment.removeIf(each -> each.getName().equals(own.getName()));
            environment.add(own);
        }
        all.addAll(PodParts.mounts(settings));
        return new ContainerBuilder()
                .withName(PodParts.RUNNER)
                .withImage(image(settings))
                .withCommand("/home/runner/run.sh")
                .withEnv(environment)
                .withResources(resources)
                .withVolumeMounts(all)
                .build();
    }

    /**
     * The volumes of a pod.
     *
     * @param own those of the mode, the first ones
     */
    static List<Volume> volumes(ClassSettings settings, List<Volume> own) {
        List<Volume> volumes = new ArrayList<>(own);
        ConfigMapKey ca = settings.ca();
        if (ca != null) {
            volumes.add(PodParts.configMap(PodParts.CA, ca));
        }
        volumes.addAll(PodParts.volumes(settings));
        return volumes;
    }
}
