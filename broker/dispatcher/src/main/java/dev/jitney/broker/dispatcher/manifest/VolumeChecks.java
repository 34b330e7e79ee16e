package dev.jitney.broker.dispatcher.manifest;

import dev.jitney.broker.dispatcher.manifest.Loaded.Report;
import io.fabric8.knative.serving.v1.RevisionSpec;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;

/**
 * Which volumes of Knative Services have a local stand-in: whole Secrets and ConfigMaps. What
 * Knative itself refuses is in {@link ServingFields}.
 */
final class VolumeChecks {
    private VolumeChecks() {}

    static void check(RevisionSpec spec, String namespace, References references, Report report) {
        for (Volume volume : spec.getVolumes()) {
            check(volume, namespace, references, report.at("volumes." + volume.getName()));
        }
        for (Container container : spec.getContainers()) {
            for (VolumeMount mount : container.getVolumeMounts()) {
                if (!ResourceChecks.isBlank(mount.getSubPath())) {
                    report.at("volumeMounts." + mount.getName() + ".subPath")
                            .add("would never change: mount the volume as a whole");
                }
            }
        }
    }

    private static void check(
            Volume volume, String namespace, References references, Report report) {
        SecretVolumeSource secret = volume.getSecret();
        ConfigMapVolumeSource map = volume.getConfigMap();
        if (secret == null && map == null) {
            report.add("has no local stand-in: use secret or configMap");
            return;
        }
        List<?> items = secret == null ? map.getItems() : secret.getItems();
        if (!items.isEmpty()) {
            report.at("items").add("has no local stand-in: mount all keys");
        }
        // A Secret is in no manifest; that of an optional ConfigMap may be.
        if (map != null
                && !Boolean.TRUE.equals(map.getOptional())
                && !references.hasConfigMap(namespace, map.getName())) {
            report.add("names no ConfigMap of the manifests: " + namespace + "/" + map.getName());
        }
    }
}
