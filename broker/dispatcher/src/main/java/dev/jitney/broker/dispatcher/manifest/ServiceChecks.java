package dev.jitney.broker.dispatcher.manifest;

import dev.jitney.broker.dispatcher.manifest.Loaded.Report;
import io.fabric8.knative.serving.v1.RevisionSpec;
import io.fabric8.knative.serving.v1.RevisionTemplateSpec;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import java.util.Map;

/** Checks of Knative Services. */
final class ServiceChecks {
    private static final String AUTOSCALING = "autoscaling.knative.dev/";

    private ServiceChecks() {}

    static void check(Service service, References references, Report report) {
        String namespace = Manifests.namespaceOf(service);
        RevisionTemplateSpec template =
                service.getSpec() == null ? null : service.getSpec().getTemplate();
        if (template == null || template.getSpec() == null) {
            report.add("is missing: a Service needs spec.template.spec.containers");
            return;
        }
        if (template.getMetadata() != null && template.getMetadata().getAnnotations() != null) {
            checkAnnotations(
                    template.getMetadata().getAnnotations(), report.at("metadata.annotations"));
        }
        checkRevision(template.getSpec(), report.at("spec"));
        VolumeChecks.check(template.getSpec(), namespace, references, report.at("spec"));
        for (Container container : template.getSpec().getContainers()) {
            checkEnvironment(container, namespace, references, report.at("spec.containers[0]"));
        }
    }

    private static void checkRevision(RevisionSpec spec, Report report) {
        if (spec.getContainers().size() != 1) {
            report.at("containers")
                    .add("holds " + spec.getContainers().size() + ": one runs as a process here");
        } else if (ResourceChecks.isBlank(spec.getContainers().getFirst().getImage())) {
            report.at("containers[0].image").add("is missing");
        }
        Long concurrency = spec.getContainerConcurrency();
        if (concurrency != null && (concurrency < 0 || concurrency > 1000)) {
            report.at("containerConcurrency").add("must be between 0 (no limit) and 1000");
        }
        Long timeout = spec.getTimeoutSeconds();
        if (timeout != null && (timeout < 1 || timeout > 600)) {
            report.at("timeoutSeconds").add("must be between 1 and 600");
        }
    }

    private static void checkAnnotations(Map<String, String> annotations, Report report) {
        for (String name : new String[] {"min-scale", "max-scale", "target"}) {
            String value = annotations.get(AUTOSCALING + name);
            if (value != null && !value.matches("[0-9]{1,6}")) {
                report.at(AUTOSCALING + name).add("is no whole number: " + value);
            }
        }
        for (String name : new String[] {"window", "scale-to-zero-pod-retention-period"}) {
            String value = annotations.get(AUTOSCALING + name);
            if (value != null && GoDuration.parse(value).isEmpty()) {
                report.at(AUTOSCALING + name)
                        .add("is no duration: " + value + "; write one like 90s or 1m30s");
            }
        }
    }

    private static void checkEnvironment(
            Container container, String namespace, References references, Report report) {
        for (EnvFromSource source : container.getEnvFrom()) {
            if (source.getConfigMapRef() != null
                    && !Boolean.TRUE.equals(source.getConfigMapRef().getOptional())
                    && !references.hasConfigMap(namespace, source.getConfigMapRef().getName())) {
                report.at("envFrom.configMapRef")
                        .add(missing(namespace, source.getConfigMapRef().getName()));
            }
        }
        for (EnvVar variable : container.getEnv()) {
            EnvVarSource from = variable.getValueFrom();
            if (from == null) {
                continue;
            }
            if (from.getConfigMapKeyRef() != null
                    && !Boolean.TRUE.equals(from.getConfigMapKeyRef().getOptional())
                    && !references.hasConfigMap(namespace, from.getConfigMapKeyRef().getName())) {
                report.at("env." + variable.getName())
                        .add(missing(namespace, from.getConfigMapKeyRef().getName()));
            } else if (from.getConfigMapKeyRef() == null && from.getSecretKeyRef() == null) {
                report.at("env." + variable.getName())
                        .add("has no local stand-in: use value, configMapKeyRef or secretKeyRef");
            }
        }
    }

    private static String missing(String namespace, String name) {
        return "names no ConfigMap of the manifests: " + namespace + "/" + name;
    }
}
