package dev.jitney.kubernetes;

import dev.jitney.kubernetes.ClassSettings.ConfigMapKey;
import dev.jitney.kubernetes.ClassSettings.Hooks;
import dev.jitney.kubernetes.ClassSettings.WorkClaim;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A runner that asks Kubernetes for the containers of its jobs, as the {@code kubernetes} mode of
 * the Actions Runner Controller does: GitHub's container hooks in the runner's image make pods in
 * the runner's namespace. Nothing in it is privileged; in return its service account may make pods.
 */
final class HooksPod {
    /** May do what the hooks do: knative/components/container-hooks. */
    static final String SERVICE_ACCOUNT = "jitney-container-hooks";

    /** Group of the runner in GitHub's image, or the volume would be root's alone. */
    private static final long RUNNER_GROUP = 1001;

    private static final String TEMPLATE_PATH = "/home/runner/hook-template";
    private static final String TEMPLATE_FILE = "template.yaml";

    private HooksPod() {}

    static void addTo(PodSpecBuilder pod, ClassSettings settings) {
        Hooks hooks = settings.hooks();
        List<Volume> volumes = new ArrayList<>();
        volumes.add(work(hooks.work()));
        List<VolumeMount> mounts = new ArrayList<>();
        mounts.add(PodParts.mount(PodParts.WORK, PodParts.WORK_PATH));
        List<EnvVar> environment = environment(hooks);
        ConfigMapKey template = hooks.hookTemplate();
        if (template != null) {
            environment.add(
                    PodParts.env(
                            "ACTIONS_RUNNER_CONTAINER_HOOK_TEMPLATE",
                            TEMPLATE_PATH + "/" + TEMPLATE_FILE));
            mounts.add(
                    new VolumeMountBuilder(PodParts.mount(PodParts.HOOK_TEMPLATE, TEMPLATE_PATH))
                            .withReadOnly(true)
                            .build());
            volumes.add(template(template));
        }
        pod.withAutomountServiceAccountToken(true)
                .withServiceAccountName(SERVICE_ACCOUNT)
                .withNewSecurityContext()
                .withFsGroup(RUNNER_GROUP)
                .endSecurityContext()
                .withContainers(
                        PodBase.runner(
                                settings,
                                PodParts.resourcesOr(settings.resources()),
                                environment,
                                mounts))
                .withVolumes(PodBase.volumes(settings, volumes));
    }

    private static List<EnvVar> environment(Hooks hooks) {
        List<EnvVar> environment = new ArrayList<>();
        environment.add(
                PodParts.env("ACTIONS_RUNNER_CONTAINER_HOOKS", "/home/runner/k8s/index.js"));
        environment.add(
                new EnvVarBuilder()
                        .withName("ACTIONS_RUNNER_POD_NAME")
                        .withNewValueFrom()
                        .withNewFieldRef(null, "metadata.name")
                        .endValueFrom()
                        .build());
        boolean required = Objects.requireNonNullElse(hooks.requireJobContainer(), true);
        environment.add(
                PodParts.env("ACTIONS_RUNNER_REQUIRE_JOB_CONTAINER", Boolean.toString(required)));
        return environment;
    }

    /** The hooks find the claim by the name of the pod and of this volume. */
    private static Volume work(@Nullable WorkClaim written) {
        WorkClaim claim = written == null ? new WorkClaim(null, null, null) : written;
        List<String> modes = ClassSettings.listed(claim.accessModes());
        return new VolumeBuilder()
                .withName(PodParts.WORK)
                .withNewEphemeral()
                .withNewVolumeClaimTemplate()
                .withNewSpec()
                .withAccessModes(modes.isEmpty() ? List.of("ReadWriteOnce") : modes)
                .withStorageClassName(claim.storageClassName())
                .withNewResources()
                .addToRequests(
                        "storage",
                        new Quantity(Objects.requireNonNullElse(claim.storage(), "10Gi")))
                .endResources()
                .endSpec()
                .endVolumeClaimTemplate()
                .endEphemeral()
                .build();
    }

    private static Volume template(ConfigMapKey template) {
        return new VolumeBuilder(PodParts.configMap(PodParts.HOOK_TEMPLATE, template))
                .editConfigMap()
                .addNewItem(template.keyOr(TEMPLATE_FILE), null, TEMPLATE_FILE)
                .endConfigMap()
                .build();
    }
}
