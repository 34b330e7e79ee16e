package dev.jitney.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jitney.classes.ClassFile;
import dev.jitney.kubernetes.RunnerPodTemplates;
import dev.jitney.manifests.Rendering;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What single options of install make different. */
final class InstallOptionsTest extends Installing {
    @Test
    void rangesOfBothFamiliesAreTakenOutOfTheirOwnBlock_andPortsAreAdded() {
        assertEquals(
                0,
                install(
                        MT
                                + " --cluster-range 10.244.0.0/16 --cluster-range fd00:10:244::/56"
                                + " --runner-port 5000 --runner-port 22 --runner-port 22"),
                err.toString());

        JsonNode egress = one(Rendering.of(site()), "NetworkPolicy", "web").at("/spec/egress/0");
        assertEquals(
                "[\"169.254.0.0/16\",\"10.244.0.0/16\"]",
                egress.at("/to/0/ipBlock/except").toString());
        assertEquals("::/0", egress.at("/to/1/ipBlock/cidr").asText());
        assertEquals("fd00:10:244::/56", egress.at("/to/1/ipBlock/except/2").asText());
        assertEquals(
                List.of("443", "80", "22", "5000"), egress.path("ports").findValuesAsText("port"));
    }

    @Test
    void runnersTrustThePrivateAuthorityToo() {
        assertEquals(0, install(MT + " --ca-file @ca.pem"), err.toString());

        List<ObjectNode> resources = Rendering.of(site());
        List<String> namespaces =
                resources.stream()
                        .filter(each -> each.at("/metadata/name").asText().equals("ghes-ca"))
                        .filter(each -> each.at("/data/ca.crt").asText().equals("authority"))
                        .map(each -> each.at("/metadata/namespace").asText())
                        .sorted()
                        .toList();
        assertEquals(List.of("jitney", "jitney-runners"), namespaces);
        String classes = one(resources, "ConfigMap", "jitney").at("/data/JITNEY_CLASSES").asText();
        var templates = new RunnerPodTemplates("any", ClassFile.read("classes", classes));
        assertEquals(Set.of("configmaps/ghes-ca"), templates.named());
    }

    @Test
    void theScopeOfTheWebhookFollowsTheCredentials_andCanBeChosen() {
        assertEquals(0, install(MT), err.toString());
        assertEquals("global", hook());
        assertTrue(
                out.toString()
                        .contains(
                                "  ./jitney webhook install --scope global --ghes-url"
                                        + " https://ghes.corp --ghes-credentials "
                                        + site()
                                        + "/secrets/ghes-credentials --secret-file "
                                        + site()
                                        + "/secrets/ghes-webhook/secrets --url ADDRESS/webhook\n"),
                out.toString());

        String app = MT + " --app-id 7 --app-key-file @key.pem";
        assertEquals(0, install(app, "--ghes-token-file"), err.toString());
        assertEquals("app", hook());

        assertEquals(0, install(app + " --scope organization", "--ghes-token-file"));
        assertEquals("organization", hook());
    }

    private String hook() {
        return one(Rendering.of(site()), "ConfigMap", "jitney").at("/data/JITNEY_HOOK").asText();
    }

    @Test
    void aRabbitmqClusterOfAnotherNameIsReferredTo_andMayBeCalled() {
        String line = KAFKA + " --broker rabbitmq --rabbitmq messages/mine";
        assertEquals(0, install(line, "--kafka"), err.toString());

        List<ObjectNode> resources = Rendering.of(site());
        JsonNode reference =
                one(resources, "RabbitmqBrokerConfig", "events-rabbitmq")
                        .at("/spec/rabbitmqClusterReference");
        assertEquals(
                "messages/mine",
                reference.path("namespace").asText() + "/" + reference.path("name").asText());
        JsonNode called =
                one(resources, "NetworkPolicy", "rabbitmq-broker").at("/spec/egress/0/to");
        assertEquals(List.of("messages"), called.findValuesAsText("kubernetes.io/metadata.name"));
    }

    @Test
    void everyFunctionPullsWithTheCredentialsThatAreGiven() throws IOException {
        String file = "{\"auths\":{\"https://registry.example.com/v2/\":{\"auth\":\"t0kenaaa\"}}}";
        write("pull.json", file);
        assertEquals(0, install(MT + " --pull-secret-file @pull.json"), err.toString());

        List<ObjectNode> resources = Rendering.of(site());
        ObjectNode secret = one(resources, "Secret", "registry");
        assertEquals("kubernetes.io/dockerconfigjson", secret.path("type").asText());
        assertEquals(file, value(secret, ".dockerconfigjson"));
        for (ObjectNode each : resources) {
            if (each.path("kind").asText().equals("ServiceAccount")) {
                boolean isOurs = each.at("/metadata/namespace").asText().equals("jitney");
                assertEquals(
                        isOurs ? "[{\"name\":\"registry\"}]" : "",
                        each.path("imagePullSecrets").isMissingNode()
                                ? ""
                                : each.path("imagePullSecrets").toString());
            }
        }
    }

    @Test
    void runnerClassesOfAFileGetCounters_whereInfinispanIsAClusterAndWhereNot() throws IOException {
        write(
                "classes.yaml",
                """
                classes:
                  - {name: gpu, labels: [gpu]}
                  - {name: small, labels: [linux]}
                """);
        String more = " --classes @classes.yaml --capacity 300";
        assertEquals(0, install(KAFKA + more), err.toString());
        assertEquals(
                Files.readString(directory.resolve("classes.yaml")),
                one(Rendering.of(site()), "ConfigMap", "jitney")
                        .at("/data/JITNEY_CLASSES")
                        .asText());
        assertEquals(
                List.of("cluster 1000", "class/gpu 1000", "class/small 1000"),
                counters(Rendering.of(site().resolve("infinispan")), "infinispan-config.xml"));

        assertEquals(0, install(MT + more), err.toString());
        assertEquals(
                List.of("cluster 1000", "class/gpu 1000", "class/small 1000"),
                counters(Rendering.of(site()), "infinispan.xml"));
    }

    private static List<String> counters(List<ObjectNode> resources, String file) {
        String xml =
                one(resources, "ConfigMap", "infinispan-config").path("data").path(file).asText();
        return Pattern.compile("<strong-counter name=\"(.*?)\".*upper-bound=\"(\\d+)\"")
                .matcher(xml)
                .results()
                .map(each -> each.group(1) + " " + each.group(2))
                .toList();
    }

    @Test
    void aFileOfRunnerClassesWithAMistakeIsRefused_withItsLine() throws IOException {
        write("classes.yaml", "classes:\n  - name: gpu\n    labls: [gpu]\n");

        assertEquals(1, install(MT + " --classes @classes.yaml"));

        assertTrue(err.toString().contains("classes.yaml line 3: 'labls' is"), err.toString());
        assertFalse(Files.exists(site()));
    }

    @Test
    void aCapacityThatFollowsTheNodesBringsItsRights() {
        assertEquals(0, install(MT + " --capacity auto"), err.toString());

        List<ObjectNode> resources = Rendering.of(site());
        assertEquals(
                "auto", one(resources, "ConfigMap", "jitney").at("/data/JITNEY_CAPACITY").asText());
        one(resources, "ClusterRole", "jitney-reconciler-capacity");
    }
}
