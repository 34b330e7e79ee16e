package dev.jitney.manifests;

import static dev.jitney.manifests.Overlays.groupOf;
import static dev.jitney.manifests.Overlays.nameOf;
import static dev.jitney.manifests.Overlays.namespaceOf;
import static dev.jitney.manifests.Overlays.ofKind;
import static dev.jitney.manifests.Overlays.one;
import static dev.jitney.manifests.Overlays.valuesOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/security.md promises of every overlay. */
class SecurityTest {
    private static final String HOOKS = "{\"matchLabels\":{\"jitney.dev/mode\":\"kubernetes\"}}";

    static List<Path> whole() {
        return Overlays.whole();
    }

    static List<Path> all() {
        return Overlays.all();
    }

    @ParameterizedTest
    @MethodSource("whole")
    void onlyTheRunnerNamespaceAllowsPrivilegedPods(Path overlay) {
        for (ObjectNode namespace : ofKind(Rendering.of(overlay), "Namespace")) {
            String level =
                    namespace.at("/metadata/labels/pod-security.kubernetes.io~1enforce").asText();
            switch (nameOf(namespace)) {
                case "jitney-runners" -> assertEquals("privileged", level);
                case "jitney" ->
                        assertEquals(
                                overlay.endsWith("rabbitmq") ? "baseline" : "restricted", level);
                default -> assertEquals("restricted", level);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("whole")
    void aContainerOfAFunctionMayDoNothingThatItNeedNot(Path overlay) {
        for (ObjectNode service : functions(overlay)) {
            JsonNode may = service.at("/spec/template/spec/containers/0/securityContext");
            assertFalse(may.path("allowPrivilegeEscalation").asBoolean(true), nameOf(service));
            assertTrue(may.path("readOnlyRootFilesystem").asBoolean(), nameOf(service));
            assertTrue(may.path("runAsNonRoot").asBoolean(), nameOf(service));
            assertEquals("[\"ALL\"]", may.at("/capabilities/drop").toString());
            assertEquals("RuntimeDefault", may.at("/seccompProfile/type").asText());
        }
    }

    @ParameterizedTest
    @MethodSource("whole")
    void onlyTheWebhookIsReachableFromOutside(Path overlay) {
        for (ObjectNode service : functions(overlay)) {
            String visibility =
                    service.at("/metadata/labels/networking.knative.dev~1visibility").asText();
            assertEquals(
                    nameOf(service).equals("webhook") ? "" : "cluster-local",
                    visibility,
                    nameOf(service));
        }
    }

    @ParameterizedTest
    @MethodSource("whole")
    void whoeverHasNoRoleHasNoToken(Path overlay) {
        List<ObjectNode> resources = Rendering.of(overlay);
        Set<String> withRole = new TreeSet<>();
        for (ObjectNode binding : ofKind(resources, "RoleBinding")) {
            binding.path("subjects").forEach(each -> withRole.add(each.path("name").asText()));
        }
        for (ObjectNode account : ofKind(resources, "ServiceAccount")) {
            assertEquals(
                    withRole.contains(nameOf(account)),
                    account.path("automountServiceAccountToken").asBoolean(true),
                    nameOf(account));
        }
    }

    @ParameterizedTest
    @MethodSource("whole")
    void nobodyMayDoMoreThanItsWordsSay(Path overlay) {
        for (ObjectNode resource : Rendering.of(overlay)) {
            for (JsonNode rules : valuesOf(resource, "rules")) {
                assertFalse(rules.toString().contains("\"*\""), Rendering.id(resource));
            }
        }
    }

    /** A namespace without the policy that denies everything lets everything through. */
    @ParameterizedTest
    @MethodSource("whole")
    void everyNamespaceDeniesWhatIsNotAllowed(Path overlay) {
        List<ObjectNode> resources = Rendering.of(overlay);
        for (ObjectNode namespace : ofKind(resources, "Namespace")) {
            boolean denies =
                    ofKind(resources, "NetworkPolicy").stream()
                            .filter(each -> namespaceOf(each).equals(nameOf(namespace)))
                            .filter(each -> each.at("/spec/podSelector").isEmpty())
                            .anyMatch(
                                    each ->
                                            each.at("/spec/policyTypes")
                                                    .toString()
                                                    .equals("[\"Ingress\",\"Egress\"]"));
            assertTrue(denies, nameOf(namespace));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void nobodyReachesTheMetadataServiceOfACloud(Path overlay) {
        for (ObjectNode policy : ofKind(Rendering.of(overlay), "NetworkPolicy")) {
            for (JsonNode block : valuesOf(policy, "ipBlock")) {
                if (block.path("cidr").asText().equals("0.0.0.0/0")) {
                    assertTrue(
                            block.path("except").toString().contains("\"169.254.0.0/16\""),
                            nameOf(policy));
                }
                if (block.path("cidr").asText().equals("::/0")) {
                    assertTrue(
                            block.path("except").toString().contains("\"fd00:ec2::254/128\""),
                            nameOf(policy));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("whole")
    void nobodyCallsARunner_andRunnersCallOnlyTheWebAndNameServers(Path overlay) {
        List<ObjectNode> policies =
                ofKind(Rendering.of(overlay), "NetworkPolicy").stream()
                        .filter(each -> namespaceOf(each).equals("jitney-runners"))
                        .toList();
        Set<Integer> ports = new TreeSet<>();
        for (ObjectNode policy : policies) {
            assertTrue(policy.at("/spec/ingress").isMissingNode(), nameOf(policy));
            valuesOf(policy, "port").forEach(each -> ports.add(each.asInt()));
        }
        assertEquals(Set.of(53, 80, 443), ports);
    }

    /** A NetworkPolicy sees the port behind the address of the API server's Service: often 6443. */
    @Test
    void onlyRunnersWithContainerHooksReachTheApiServer() {
        List<ObjectNode> resources = Rendering.of(Overlays.EVERYTHING);
        for (ObjectNode policy : ofKind(resources, "NetworkPolicy")) {
            if (namespaceOf(policy).equals("jitney-runners")) {
                Set<Integer> ports = new TreeSet<>();
                valuesOf(policy, "port").forEach(each -> ports.add(each.asInt()));
                boolean hooks = policy.at("/spec/podSelector").toString().equals(HOOKS);
                assertEquals(hooks, ports.contains(6443), nameOf(policy));
                assertTrue(!hooks || ports.equals(Set.of(443, 6443)), nameOf(policy));
            }
        }
        one(resources, "NetworkPolicy", "hooks-to-api-server");
    }

    /**
     * A limit alone would be requested, and nodes that do not count their disk would take no pod.
     */
    @ParameterizedTest
    @MethodSource("whole")
    void noContainerOfARunnerTakesTheMemoryOrTheDiskOfANode(Path overlay) {
        JsonNode limits = one(Rendering.of(overlay), "LimitRange", "runners").at("/spec/limits/0");
        assertEquals("Container", limits.path("type").asText());
        for (String resource : new String[] {"memory", "ephemeral-storage"}) {
            assertTrue(limits.path("default").has(resource), resource);
            assertTrue(limits.path("defaultRequest").has(resource), resource);
        }
        assertEquals("0", limits.at("/defaultRequest/ephemeral-storage").asText());
    }

    /** Of pods without a controller Kubernetes takes no percentage and no maxUnavailable. */
    @ParameterizedTest
    @MethodSource("whole")
    void aDrainWaitsForEveryRunner(Path overlay) {
        List<ObjectNode> resources = Rendering.of(overlay);
        JsonNode budget = one(resources, "PodDisruptionBudget", "runners").path("spec");
        int most = one(resources, "ResourceQuota", "runners").at("/spec/hard/pods").asInt();

        assertTrue(budget.path("minAvailable").isInt(), budget.toString());
        assertTrue(budget.path("minAvailable").asInt() > most, budget.toString());
        assertTrue(budget.path("maxUnavailable").isMissingNode());
    }

    @ParameterizedTest
    @MethodSource("whole")
    void noSecretIsInAManifest(Path overlay) {
        assertEquals(List.of(), ofKind(Rendering.of(overlay), "Secret"));
    }

    /** An overlay must not take away what the base has. */
    @ParameterizedTest
    @MethodSource("whole")
    void everyFenceOfTheBaseStands(Path overlay) {
        List<ObjectNode> resources = Rendering.of(overlay);
        for (String kind :
                new String[] {
                    "LimitRange",
                    "NetworkPolicy",
                    "ResourceQuota",
                    "Role",
                    "ClusterRole",
                    "ValidatingAdmissionPolicy"
                }) {
            for (ObjectNode fence : ofKind(Rendering.of(Overlays.BASE), kind)) {
                assertEquals(nameOf(fence), nameOf(one(resources, kind, nameOf(fence))));
            }
        }
    }

    private static List<ObjectNode> functions(Path overlay) {
        return ofKind(Rendering.of(overlay), "Service").stream()
                .filter(each -> groupOf(each).equals("serving.knative.dev"))
                .toList();
    }
}
