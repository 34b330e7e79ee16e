package dev.jitney.broker.dispatcher.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jitney.broker.dispatcher.manifest.Loaded.Report;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The fields of a pod that Knative Serving lets through with its features as they are after an
 * installation; its webhook refuses all others, though the model of Kubernetes has them.
 *
 * @see <a
 *     href="https://github.com/knative/serving/blob/main/pkg/apis/serving/fieldmask.go">fieldmask.go</a>
 */
final class ServingFields {
    private static final Set<String> PROBE =
            Set.of(
                    "exec",
                    "httpGet",
                    "tcpSocket",
                    "grpc",
                    "initialDelaySeconds",
                    "periodSeconds",
                    "timeoutSeconds",
                    "successThreshold",
                    "failureThreshold");

    /** By path below spec.template.spec; the elements of a list share the path of the list. */
    private static final Map<String, Set<String>> ALLOWED =
            Map.ofEntries(
                    Map.entry(
                            "",
                            Set.of(
                                    "automountServiceAccountToken",
                                    "containerConcurrency",
                                    "containers",
                                    "enableServiceLinks",
                                    "idleTimeoutSeconds",
                                    "imagePullSecrets",
                                    "responseStartTimeoutSeconds",
                                    "serviceAccountName",
                                    "timeoutSeconds",
                                    "volumes")),
                    Map.entry(
                            "containers",
                            Set.of(
                                    "args",
                                    "command",
                                    "env",
                                    "envFrom",
                                    "image",
                                    "imagePullPolicy",
                                    "livenessProbe",
                                    "name",
                                    "ports",
                                    "readinessProbe",
                                    "resources",
                                    "securityContext",
                                    "startupProbe",
                                    "terminationMessagePath",
                                    "terminationMessagePolicy",
                                    "volumeMounts",
                                    "workingDir")),
                    Map.entry("containers.env", Set.of("name", "value", "valueFrom")),
                    Map.entry(
                            "containers.env.valueFrom", Set.of("configMapKeyRef", "secretKeyRef")),
                    Map.entry("containers.envFrom", Set.of("configMapRef", "prefix", "secretRef")),
                    Map.entry("containers.livenessProbe", PROBE),
                    Map.entry("containers.readinessProbe", PROBE),
                    Map.entry("containers.startupProbe", PROBE),
                    Map.entry("containers.ports", Set.of("containerPort", "name", "protocol")),
                    Map.entry("containers.resources", Set.of("limits", "requests")),
                    Map.entry(
                            "containers.securityContext",
                            Set.of(
                                    "allowPrivilegeEscalation",
                                    "capabilities",
                                    "readOnlyRootFilesystem",
                                    "runAsGroup",
                                    "runAsNonRoot",
                                    "runAsUser",
                                    "seccompProfile")),
                    Map.entry("containers.securityContext.capabilities", Set.of("drop")),
                    Map.entry(
                            "containers.volumeMounts",
                            Set.of("mountPath", "name", "readOnly", "subPath")),
                    Map.entry(
                            "volumes",
                            Set.of("configMap", "emptyDir", "name", "projected", "secret")),
                    Map.entry("volumes.emptyDir", Set.of("medium", "sizeLimit")));

    private static final Set<String> RESERVED_VARIABLES =
            Set.of("PORT", "K_SERVICE", "K_CONFIGURATION", "K_REVISION");

    private ServingFields() {}

    /**
     * Reports what the webhook of Serving would refuse.
     *
     * @param spec {@code spec.template.spec} of a Service
     */
    static void check(JsonNode spec, Report report) {
        checkNames(spec, "", report);
        if (spec.path("automountServiceAccountToken").asBoolean(false)) {
            report.at("automountServiceAccountToken").add("may only be false");
        }
        for (JsonNode container : spec.path("containers")) {
            Report at = report.at("containers");
            checkVariables(container.path("env"), at.at("env"));
            checkReadiness(container.path("readinessProbe"), at.at("readinessProbe"));
            checkMounts(container.path("volumeMounts"), spec.path("volumes"), at);
        }
    }

    private static void checkNames(JsonNode node, String path, Report report) {
        if (node.isArray()) {
            node.forEach(element -> checkNames(element, path, report));
            return;
        }
        Set<String> allowed = ALLOWED.get(path);
        for (var field : node.properties()) {
            String name = field.getKey();
            if (allowed != null && !allowed.contains(name)) {
                report.at(name)
                        .add("is refused by Knative Serving, as long as no feature allows it");
            }
            checkNames(
                    field.getValue(), path.isEmpty() ? name : path + "." + name, report.at(name));
        }
    }

    private static void checkVariables(JsonNode variables, Report report) {
        for (JsonNode variable : variables) {
            String name = variable.path("name").asText();
            if (RESERVED_VARIABLES.contains(name)) {
                report.at(name).add("is set by Knative Serving: remove it");
            }
        }
    }

    private static void checkReadiness(JsonNode probe, Report report) {
        if (probe.path("periodSeconds").asInt(0) != 0) {
            return;
        }
        for (String field : new String[] {"failureThreshold", "timeoutSeconds"}) {
            if (probe.has(field)) {
                report.at(field).add("needs a periodSeconds that is not 0");
            }
        }
    }

    private static void checkMounts(JsonNode mounts, JsonNode volumes, Report report) {
        Map<String, JsonNode> byName = new TreeMap<>();
        volumes.forEach(volume -> byName.put(volume.path("name").asText(), volume));
        Set<String> idle = new TreeSet<>(byName.keySet());
        for (JsonNode mount : mounts) {
            String name = mount.path("name").asText();
            JsonNode volume = byName.get(name);
            idle.remove(name);
            if (volume == null) {
                report.at("volumeMounts").add("names no volume: " + name);
            } else if (!volume.has("emptyDir") && !mount.path("readOnly").asBoolean(false)) {
                report.at("volumeMounts").add("must be readOnly: " + name);
            }
        }
        idle.forEach(name -> report.at("volumes").add("is not mounted: " + name));
    }
}
