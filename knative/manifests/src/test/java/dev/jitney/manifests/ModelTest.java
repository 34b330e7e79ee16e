package dev.jitney.manifests;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jitney.broker.dispatcher.manifest.Manifests;
import dev.jitney.broker.dispatcher.manifest.StrictModel;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every field of every resource is one that its kind has. */
class ModelTest {
    private static final Map<String, Class<? extends HasMetadata>> MODELS =
            Map.ofEntries(
                    model(io.fabric8.knative.eventing.v1.Broker.class),
                    model(io.fabric8.knative.eventing.v1.Trigger.class),
                    model(io.fabric8.knative.eventing.v1alpha1.EventPolicy.class),
                    model(io.fabric8.knative.serving.v1.Service.class),
                    model(io.fabric8.knative.sources.v1.PingSource.class),
                    model(io.fabric8.knative.sources.v1.SinkBinding.class),
                    model(io.fabric8.kubernetes.api.model.ConfigMap.class),
                    model(io.fabric8.kubernetes.api.model.LimitRange.class),
                    model(io.fabric8.kubernetes.api.model.Namespace.class),
                    model(io.fabric8.kubernetes.api.model.ResourceQuota.class),
                    model(io.fabric8.kubernetes.api.model.Service.class),
                    model(io.fabric8.kubernetes.api.model.ServiceAccount.class),
                    model(
                            io.fabric8.kubernetes.api.model.admissionregistration.v1
                                    .ValidatingAdmissionPolicy.class),
                    model(
                            io.fabric8.kubernetes.api.model.admissionregistration.v1
                                    .ValidatingAdmissionPolicyBinding.class),
                    model(io.fabric8.kubernetes.api.model.apps.StatefulSet.class),
                    model(io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy.class),
                    model(io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget.class),
                    model(io.fabric8.kubernetes.api.model.rbac.ClusterRole.class),
                    model(io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding.class),
                    model(io.fabric8.kubernetes.api.model.rbac.Role.class),
                    model(io.fabric8.kubernetes.api.model.rbac.RoleBinding.class),
                    model(io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass.class));

    /** Kinds without a model: the fields we use, as their operators define them. */
    private static final Map<String, Set<String>> FIELDS =
            Map.of(
                    "eventing.knative.dev/v1alpha1 RabbitmqBrokerConfig",
                    Set.of(
                            "rabbitmqClusterReference.name",
                            "rabbitmqClusterReference.namespace",
                            "queueType"),
                    "monitoring.coreos.com/v1 PodMonitor",
                    Set.of("selector.matchExpressions", "podTargetLabels", "podMetricsEndpoints"),
                    "monitoring.coreos.com/v1 PrometheusRule",
                    Set.of("groups"),
                    "infinispan.org/v2alpha1 Cache",
                    Set.of("clusterName", "name", "template", "updates.strategy"),
                    "infinispan.org/v1 Infinispan",
                    Set.of(
                            "replicas",
                            "configMapName",
                            "container.cpu",
                            "container.memory",
                            "scheduling.affinity",
                            "security.endpointAuthentication",
                            "security.endpointEncryption.certSecretName",
                            "security.endpointEncryption.type",
                            "security.endpointSecretName",
                            "service.container.storage",
                            "service.type",
                            "upgrades.type"));

    private static Map.Entry<String, Class<? extends HasMetadata>> model(
            Class<? extends HasMetadata> type) {
        return Map.entry(HasMetadata.getApiVersion(type) + " " + HasMetadata.getKind(type), type);
    }

    static List<Path> overlays() {
        return Overlays.all();
    }

    static List<Path> whole() {
        return Overlays.whole();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyFieldIsKnown(Path overlay) {
        for (ObjectNode resource : withPolicy(overlay)) {
            assertDoesNotThrow(() -> check(resource), Rendering.id(resource));
        }
    }

    /** The component that no overlay takes is held as well. */
    private static List<ObjectNode> withPolicy(Path overlay) {
        List<ObjectNode> resources = new java.util.ArrayList<>(Rendering.of(overlay));
        resources.addAll(
                YamlFile.resources(
                        Overlays.ROOT.resolve("knative/components/event-policy/policy.yaml")));
        return resources;
    }

    @Test
    void anUnknownFieldIsNoticed_alsoWhereThereIsNoModel() {
        var broker =
                (ObjectNode)
                        YamlFile.single(
                                Path.of("b"),
                                "{apiVersion: "
                                        + "eventing.knative.dev/v1, kind: Broker, spec: {delivry: {}}}");
        var cache =
                (ObjectNode)
                        YamlFile.single(
                                Path.of("c"),
                                "{apiVersion: "
                                        + "infinispan.org/v2alpha1, kind: Cache, spec: {clustername: x}}");

        assertThrows(UnrecognizedPropertyException.class, () -> check(broker));
        assertThrows(AssertionError.class, () -> check(cache));
    }

    /** What the webhooks of Knative refuse, and references that lead nowhere. */
    @ParameterizedTest
    @MethodSource("whole")
    void knativeWouldTakeIt(Path overlay, @TempDir Path rendered) throws IOException {
        List<ObjectNode> resources =
                Rendering.of(overlay).stream()
                        .filter(each -> MODELS.containsKey(kindOf(each)))
                        .toList();
        Files.writeString(rendered.resolve("all.yaml"), Rendering.yaml(resources));

        Manifests manifests = Manifests.read(rendered);

        assertEquals(5, manifests.services().size());
        assertTrue(manifests.triggers().size() >= 9);
    }

    private static String kindOf(JsonNode resource) {
        return resource.path("apiVersion").asText() + " " + Overlays.kindOf(resource);
    }

    private static void check(ObjectNode resource) throws IOException {
        String kind = kindOf(resource);
        Class<? extends HasMetadata> model = MODELS.get(kind);
        if (model != null) {
            assertEquals(model, StrictModel.MAPPER.treeToValue(resource, model).getClass());
            return;
        }
        Set<String> known = FIELDS.get(kind);
        if (known == null) {
            throw new AssertionError("nobody knows the fields of " + kind);
        }
        Set<String> unknown = new TreeSet<>();
        collectUnknown(resource.path("spec"), "", known, unknown);
        assertEquals(Set.of(), unknown, kind);
    }

    private static void collectUnknown(
            JsonNode node, String path, Set<String> known, Set<String> unknown) {
        for (var field : node.properties()) {
            String here = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            if (known.contains(here)) {
                continue;
            }
            boolean leadsThere = known.stream().anyMatch(each -> each.startsWith(here + "."));
            if (leadsThere && field.getValue().isObject()) {
                collectUnknown(field.getValue(), here, known, unknown);
            } else {
                unknown.add(here);
            }
        }
    }
}
