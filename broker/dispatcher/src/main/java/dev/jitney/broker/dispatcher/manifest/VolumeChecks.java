package dev.jitney.broker.dispatcher.manifest;

import dev.jitney.broker.dispatcher.manifest.Loaded.Report;
import io.fabric8.knative.serving.v1.RevisionSpec;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks of the volumes of Knative Services: whole Secrets and ConfigMaps run here, read only. */
final class VolumeChecks {
    private VolumeChecks() {}

    static void check(RevisionSpec spec, String namespace, References references, Report report) {
        Set<String> names = new HashSet<>();
        for (Volume volume : spec.getVolumes()) {
            names.add(volume.getName());
            check(volume, namespace, references, report.at("volumes." + volume.getName()));
        }
        for (Container container : spec.getContainers()) {
            for (VolumeMount mount : container.getVolumeMounts()) {
                check(mount, names, report.at("volumeMounts." + mount.getName()));
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

    private static void check(VolumeMount mount, Set<String> names, Report report) {
        if (!names.contains(mount.getName())) {
            report.add("names no volume of the Service");
        }
        if (!Boolean.TRUE.equals(mount.getReadOnly())) {
            report.add("must have readOnly: true");
        }
        if (!ResourceChecks.isBlank(mount.getSubPath())) {
            report.at("subPath").add("would never change: mount the volume as a whole");
        }
    }
}
