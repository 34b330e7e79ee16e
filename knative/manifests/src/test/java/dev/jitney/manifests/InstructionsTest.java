package dev.jitney.manifests;

import static dev.jitney.manifests.Overlays.ofKind;
import static dev.jitney.manifests.Overlays.one;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jitney.broker.dispatcher.manifest.StrictModel;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/install.md, docs/install-by-hand.md and docs/install-kn.md tell people to copy. */
class InstructionsTest {
    private static final Path DOCS = Overlays.ROOT.resolve("docs");

    private static String text(String name) {
        try {
            return Files.readString(DOCS.resolve(name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String found(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
        assertTrue(matcher.find(), pattern);
        return matcher.group(1);
    }

    /** The kustomization as a shell would write it. */
    private static List<ObjectNode> site() throws IOException {
        String kustomization =
                found(text("install-by-hand.md"), "kustomization.yaml <<END\n(.*?)END\n");
        Path site = Overlays.ROOT.resolve("knative/manifests/target/my-jitney");
        Files.createDirectories(site);
        Files.writeString(
                site.resolve("kustomization.yaml"),
                kustomization
                        .replace("../knative/overlays", "../../../overlays")
                        .replace("$REGISTRY", "r.example")
                        .replace("$TAG", "7")
                        .replace("$GHES", "https://ghes.corp")
                        .replace("$KAFKA", "kafka.corp:9092")
                        .replace("$CAPACITY", "50"));
        return Rendering.of(site);
    }

    private static List<ObjectNode> withOwn(String component) throws IOException {
        return withOwn("base", component);
    }

    /** A directory of knative/ with a component of the site over it. */
    private static List<ObjectNode> withOwn(String resources, String component) throws IOException {
        Path target = Overlays.ROOT.resolve("knative/manifests/target");
        Path own = Files.createDirectories(target.resolve("own"));
        Files.writeString(own.resolve("kustomization.yaml"), component);
        Path site = Files.createDirectories(target.resolve("site"));
        Files.writeString(
                site.resolve("kustomization.yaml"),
                """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                resources: [../../../%s]
                components: [../own]
                images:
                  - {name: jitney/webhook, newName: r.example/webhook, newTag: "7"}
                """
                        .formatted(resources));
        return Rendering.of(site);
    }

    @Test
    void theKustomizationOfASiteSaysWhatItShould() throws IOException {
        List<ObjectNode> resources = site();

        ObjectNode settings = one(resources, "ConfigMap", "jitney");
        assertEquals("https://ghes.corp", settings.at("/data/JITNEY_GHES_URL").asText());
        assertEquals("50", settings.at("/data/JITNEY_CAPACITY").asText());
        assertEquals(
                "50", one(resources, "ResourceQuota", "runners").at("/spec/hard/pods").asText());
        assertEquals(
                "kafka.corp:9092",
                one(resources, "ConfigMap", "events-kafka").at("/data/bootstrap.servers").asText());
        assertEquals(
                "10.96.0.0/12",
                one(resources, "NetworkPolicy", "web")
                        .at("/spec/egress/0/to/0/ipBlock/except/2")
                        .asText());
    }

    @Test
    void theKustomizationOfASiteNamesAnImageForEveryFunction() throws IOException {
        for (ObjectNode service : ofKind(site(), "Service")) {
            assertEquals(
                    "r.example/" + Overlays.nameOf(service) + ":7",
                    service.at("/spec/template/spec/containers/0/image").asText());
        }
    }

    /** What docs/runner-classes.md puts into my-jitney/own. */
    @Test
    void theDirectoriesOfANodeAreNamedByAPatch() throws IOException {
        String component = found(text("runner-classes.md"), "```yaml\n(apiVersion: kust.*?)```");
        ObjectNode policy =
                one(withOwn(component), "ValidatingAdmissionPolicy", "jitney-runner-pods");

        assertEquals("hostPaths", policy.at("/spec/variables/0/name").asText());
        assertTrue(policy.at("/spec/variables/0/expression").asText().contains("/mnt/cache"));
    }

    /** What docs/limits.md puts there. */
    @Test
    void monitoringIsFittedByPatches() throws IOException {
        String component =
                found(text("limits.md"), "```yaml\n(apiVersion: kust.*?)```")
                        .replace("../../knative", "../../..");

        List<ObjectNode> resources = withOwn(component);

        assertEquals(
                "observability",
                one(resources, "NetworkPolicy", "from-prometheus")
                        .at("/spec/ingress/0/from/0/namespaceSelector/matchLabels")
                        .path("kubernetes.io/metadata.name")
                        .asText());
        for (String kind : List.of("PodMonitor", "PrometheusRule")) {
            assertEquals(
                    "kube-prometheus-stack",
                    ofKind(resources, kind).getFirst().at("/metadata/labels/release").asText());
        }
    }

    /** What docs/images.md puts there goes before the images of the site. */
    @Test
    void imagesArePinnedByTheirDigests() throws IOException {
        String component = found(text("images.md"), "```yaml\n(apiVersion: kust.*?)```");
        List<ObjectNode> services =
                ofKind(withOwn(component), "Service").stream()
                        .filter(each -> Overlays.groupOf(each).equals("serving.knative.dev"))
                        .toList();

        assertEquals(5, services.size());
        for (ObjectNode service : services) {
            assertEquals(
                    "registry.example.com/team/jitney-%s@sha256:..."
                            .formatted(Overlays.nameOf(service)),
                    service.at("/spec/template/spec/containers/0/image").asText());
        }
    }

    @Test
    void theRabbitmqOfTheExamplesIsTheOneOfTheOverlay() throws IOException {
        List<ObjectNode> example =
                YamlFile.resources(DOCS.resolve("examples/rabbitmq-cluster.yaml"));
        ObjectNode cluster = one(example, "RabbitmqCluster", "rabbitmq");
        List<ObjectNode> overlay = Rendering.of(Overlays.ROOT.resolve("knative/overlays/rabbitmq"));
        ObjectNode broker = one(overlay, "RabbitmqBrokerConfig", "events-rabbitmq");

        assertEquals(reference(broker), cluster.at("/metadata/namespace").asText() + "/rabbitmq");
        assertEquals(
                Overlays.namespaceOf(broker),
                cluster.at("/metadata/annotations/rabbitmq.com~1topology-allowed-namespaces")
                        .asText());
        assertTrue(cluster.at("/spec/replicas").asInt() >= 3, "quorum queues");
    }

    @Test
    void anotherRabbitmqIsNamedByPatches() throws IOException {
        String component = found(text("rabbitmq.md"), "```yaml\n(apiVersion: kust.*?)```");

        List<ObjectNode> resources = withOwn("overlays/rabbitmq", component);

        assertEquals(
                "messaging/shared",
                reference(one(resources, "RabbitmqBrokerConfig", "events-rabbitmq")));
        String network = one(resources, "NetworkPolicy", "rabbitmq-broker").toString();
        assertTrue(network.contains("\"messaging\"") && !network.contains("\"rabbitmq\""), network);
    }

    private static String reference(ObjectNode broker) {
        return broker.at("/spec/rabbitmqClusterReference/namespace").asText()
                + "/"
                + broker.at("/spec/rabbitmqClusterReference/name").asText();
    }

    /**
     * docs/security.md opens an address of the node for the pods of one class, and nothing else.
     */
    @Test
    void thePoliciesForCloudsAreNarrow() throws IOException {
        Matcher blocks =
                Pattern.compile("```yaml\n(apiVersion: networking.*?)```", Pattern.DOTALL)
                        .matcher(text("security.md"));
        int policies = 0;
        while (blocks.find()) {
            ObjectNode policy = (ObjectNode) YamlFile.single(DOCS, blocks.group(1));
            StrictModel.MAPPER.treeToValue(policy, NetworkPolicy.class);
            assertEquals("jitney-runners", Overlays.namespaceOf(policy));
            assertEquals(
                    "deploy",
                    policy.at("/spec/podSelector/matchLabels/jitney.dev~1class").asText());
            for (JsonNode range : Overlays.valuesOf(policy, "cidr")) {
                assertTrue(range.asText().matches("169\\.254\\..*/32|fd00:ec2::.*/128"));
            }
            policies++;
        }
        assertEquals(2, policies);
    }

    @ParameterizedTest
    @ValueSource(strings = {"install-by-hand.md", "install-kn.md"})
    void everyFileThatIsNamedIsThere(String name) {
        Matcher files =
                Pattern.compile("(?:-f |-k |=)((?:knative|infinispan)/[^\\s`,]+)")
                        .matcher(text(name));
        List<String> named = new ArrayList<>();
        while (files.find()) {
            named.add(files.group(1));
        }
        assertFalse(named.isEmpty());
        for (String file : named) {
            assertTrue(Files.exists(Overlays.ROOT.resolve(file)), name + " names " + file);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "install.md",
                "install-by-hand.md",
                "install-kn.md",
                "security.md",
                "runner-classes.md",
                "limits.md",
                "images.md",
                "rabbitmq.md"
            })
    void everyOverlayAndPageThatIsNamedIsThere(String name) {
        Matcher overlays =
                Pattern.compile("knative/(?:overlays|components)/[a-z-]+").matcher(text(name));
        while (overlays.find()) {
            assertTrue(
                    Files.isDirectory(Overlays.ROOT.resolve(overlays.group())), overlays.group());
        }
        Matcher links =
                Pattern.compile("\\]\\(([a-z0-9/.-]+)(?:#[a-z0-9-]+)?\\)").matcher(text(name));
        while (links.find()) {
            boolean there = Files.exists(DOCS.resolve(links.group(1)));
            // ghes.md is written together with the functions' credentials.
            assertTrue(
                    there || links.group(1).equals("ghes.md"), name + " links " + links.group(1));
        }
    }
}
