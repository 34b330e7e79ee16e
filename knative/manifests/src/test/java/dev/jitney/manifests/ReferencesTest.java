package dev.jitney.manifests;

import static dev.jitney.manifests.Overlays.groupOf;
import static dev.jitney.manifests.Overlays.kindOf;
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
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What resources name is there, and what must agree agrees. */
class ReferencesTest {
    private static final String DEAD_LETTERS = "/spec/delivery/deadLetterSink/ref";

    static List<Path> overlays() {
        return Overlays.all();
    }

    static List<Path> whole() {
        return Overlays.whole();
    }

    @Test
    void everyFileOfADirectoryIsListed() throws IOException {
        for (String tree : new String[] {"knative", "infinispan/operator"}) {
            try (Stream<Path> files = Files.walk(Overlays.ROOT.resolve(tree))) {
                for (Path file :
                        files.filter(each -> each.endsWith("kustomization.yaml")).toList()) {
                    assertEquals(filesBeside(file), listedIn(file), file.toString());
                }
            }
        }
    }

    private static Set<String> filesBeside(Path kustomization) throws IOException {
        Path directory = kustomization.resolveSibling("");
        try (Stream<Path> files = Files.walk(directory)) {
            Set<String> names = new TreeSet<>();
            files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.equals(kustomization))
                    .forEach(file -> names.add(directory.relativize(file).toString()));
            return names;
        }
    }

    private static Set<String> listedIn(Path kustomization) {
        JsonNode node = YamlFile.single(kustomization);
        Set<String> listed = new TreeSet<>();
        node.path("resources").forEach(each -> listed.add(each.asText()));
        node.path("patches").forEach(each -> listed.add(each.path("path").asText()));
        listed.removeIf(each -> !each.endsWith(".yaml"));
        return listed;
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyNamespaceIsMadeHere(Path overlay) {
        List<ObjectNode> resources = Rendering.of(overlay);
        Set<String> made = names(resources, "Namespace");
        for (ObjectNode resource : resources) {
            String namespace = namespaceOf(resource);
            assertTrue(namespace.isEmpty() || made.contains(namespace), Rendering.id(resource));
        }
    }

    @ParameterizedTest
    @MethodSource("whole")
    void everyServiceHasItsOwnAccount(Path overlay) {
        List<ObjectNode> resources = Rendering.of(overlay);
        for (ObjectNode service : functions(resources)) {
            String account = service.at("/spec/template/spec/serviceAccountName").asText();
            assertEquals(nameOf(service), account);
            assertEquals("jitney", namespaceOf(one(resources, "ServiceAccount", account)));
        }
    }

    @ParameterizedTest
    @MethodSource("whole")
    void everyBindingBindsWhatIsThere(Path overlay) {
        List<ObjectNode> resources = Rendering.of(overlay);
        List<ObjectNode> bindings = new ArrayList<>(ofKind(resources, "RoleBinding"));
        bindings.addAll(ofKind(resources, "ClusterRoleBinding"));
        for (ObjectNode binding : bindings) {
            JsonNode role = binding.path("roleRef");
            ObjectNode bound = one(resources, kindOf(role), role.path("name").asText());
            assertEquals(namespaceOf(binding), namespaceOf(bound));
            for (JsonNode subject : binding.path("subjects")) {
                ObjectNode account = one(resources, kindOf(subject), subject.path("name").asText());
                assertEquals(namespaceOf(account), subject.path("namespace").asText());
            }
        }
    }

    /** A policy without a binding that denies is only a text. */
    @ParameterizedTest
    @MethodSource("overlays")
    void everyAdmissionPolicyIsInForce(Path overlay) {
        List<ObjectNode> resources = Rendering.of(overlay);
        Set<String> inForce = new TreeSet<>();
        for (ObjectNode binding : ofKind(resources, "ValidatingAdmissionPolicyBinding")) {
            assertEquals("[\"Deny\"]", binding.at("/spec/validationActions").toString());
            inForce.add(binding.at("/spec/policyName").asText());
        }
        assertEquals(names(resources, "ValidatingAdmissionPolicy"), inForce);
    }

    @ParameterizedTest
    @MethodSource("whole")
    void theBrokersConfigurationIsThere(Path overlay) {
        List<ObjectNode> resources = Rendering.of(overlay);
        JsonNode config = one(resources, "Broker", "events").at("/spec/config");
        if (!config.isMissingNode()) {
            ObjectNode there = one(resources, kindOf(config), config.path("name").asText());
            assertEquals(config.path("apiVersion"), there.path("apiVersion"));
            assertEquals(config.path("namespace").asText(), namespaceOf(there));
        }
    }

    /**
     * Brokers get no address before their dead letter sink has one, SinkBindings nothing before the
     * Broker has an address: a dead letter sink that waits for its SinkBinding waits for ever.
     */
    @ParameterizedTest
    @MethodSource("whole")
    void whoeverTakesTheBrokersDeadLettersIsReadyBeforeTheBroker(Path overlay) throws IOException {
        JsonNode sink = one(Rendering.of(overlay), "Broker", "events").at(DEAD_LETTERS);
        assertEquals("Service", kindOf(sink));

        assertFalse(waitsForItsSink(sink.path("name").asText()));
        assertTrue(waitsForItsSink("webhook"));
    }

    private static boolean waitsForItsSink(String function) throws IOException {
        Path settings = Path.of("functions", function, "src/main/resources/application.properties");
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Overlays.ROOT.resolve(settings))) {
            properties.load(reader);
        }
        return Boolean.parseBoolean(properties.getProperty("jitney.sink-required"));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everySecretIsMadeByACommandOfTheInstructions(Path overlay) throws IOException {
        String instructions = Files.readString(Overlays.ROOT.resolve("docs/install-by-hand.md"));
        for (ObjectNode resource : Rendering.of(overlay)) {
            for (String secret : secretsOf(resource)) {
                assertTrue(
                        instructions.matches(
                                "(?s).*-n "
                                        + namespaceOf(resource)
                                        + " create secret (generic|tls) "
                                        + secret
                                        + " .*"),
                        "docs/install-by-hand.md does not make "
                                + secret
                                + " of "
                                + Rendering.id(resource));
            }
        }
    }

    private static Set<String> secretsOf(ObjectNode resource) {
        Set<String> secrets = new TreeSet<>();
        valuesOf(resource, "secretKeyRef").forEach(each -> secrets.add(each.path("name").asText()));
        valuesOf(resource, "secretName").forEach(each -> secrets.add(each.asText()));
        valuesOf(resource, "endpointSecretName").forEach(each -> secrets.add(each.asText()));
        valuesOf(resource, "certSecretName").forEach(each -> secrets.add(each.asText()));
        return secrets;
    }

    @ParameterizedTest
    @MethodSource("whole")
    void policiesAndBudgetsSelectFunctionsThatExist(Path overlay) {
        List<ObjectNode> resources = Rendering.of(overlay);
        Set<String> functions = new TreeSet<>();
        functions(resources).forEach(each -> functions.add(nameOf(each)));
        for (ObjectNode resource : resources) {
            if (!Set.of("NetworkPolicy", "PodDisruptionBudget").contains(kindOf(resource))) {
                continue;
            }
            for (JsonNode value : valuesOf(resource, "serving.knative.dev/service")) {
                assertTrue(functions.contains(value.asText()), Rendering.id(resource));
            }
            for (JsonNode expressions : valuesOf(resource, "matchExpressions")) {
                for (JsonNode expression : expressions) {
                    if (expression.path("key").asText().equals("serving.knative.dev/service")) {
                        expression
                                .path("values")
                                .forEach(value -> assertTrue(functions.contains(value.asText())));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("whole")
    void theQuotaIsTheCapacity(Path overlay) {
        List<ObjectNode> resources = Rendering.of(overlay);
        JsonNode capacity = one(resources, "ConfigMap", "jitney").at("/data/JITNEY_CAPACITY");
        assertEquals(capacity, one(resources, "ResourceQuota", "runners").at("/spec/hard/pods"));
    }

    /** A class names the priority by its template; a name that nobody made refuses every pod. */
    @Test
    void thePriorityThatTheDocsNameIsMade() throws IOException {
        ObjectNode priority = ofKind(Rendering.of(Overlays.EVERYTHING), "PriorityClass").getFirst();
        String docs = Files.readString(Overlays.ROOT.resolve("docs/runner-classes.md"));

        assertTrue(docs.contains("priorityClassName: " + nameOf(priority)));
        assertTrue(priority.path("value").asInt() > 0, "ordinary pods have 0");
        assertEquals("Never", priority.path("preemptionPolicy").asText());
        assertFalse(priority.path("globalDefault").asBoolean());
    }

    /** Else what is left out could not send any more as soon as the policy is applied. */
    @Test
    void theEventPolicyNamesWhoeverSends() {
        List<ObjectNode> resources = Rendering.of(Overlays.BASE);
        Set<String> senders = new TreeSet<>();
        for (String kind : new String[] {"SinkBinding", "PingSource", "Trigger"}) {
            ofKind(resources, kind).forEach(each -> senders.add(kind + " " + nameOf(each)));
        }
        JsonNode policy =
                YamlFile.single(
                        Overlays.ROOT.resolve("knative/components/event-policy/policy.yaml"));

        Set<String> allowed = new TreeSet<>();
        for (JsonNode from : policy.at("/spec/from")) {
            JsonNode ref = from.path("ref");
            allowed.add(kindOf(ref) + " " + ref.path("name").asText());
        }

        assertEquals(senders, allowed);
    }

    private static List<ObjectNode> functions(List<ObjectNode> resources) {
        return ofKind(resources, "Service").stream()
                .filter(each -> groupOf(each).equals("serving.knative.dev"))
                .toList();
    }

    private static Set<String> names(List<ObjectNode> resources, String kind) {
        Set<String> names = new TreeSet<>();
        ofKind(resources, kind).forEach(each -> names.add(nameOf(each)));
        return names;
    }
}
