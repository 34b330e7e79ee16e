package dev.jitney.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jitney.ghes.simulator.GhesSimulator;
import dev.jitney.ghes.simulator.GhesSimulatorConfig;
import dev.jitney.manifests.Rendering;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command install, from its options to what kubectl would apply. */
final class InstallCommandTest extends Installing {
    @Test
    void writesWhatIsSpecialAboutAnInstallation() {
        assertEquals(
                0, install(KAFKA + " --cluster-range 10.244.0.0/16 --ca-file @ca.pem"), err + "");

        List<ObjectNode> resources = Rendering.of(site());
        ObjectNode settings = one(resources, "ConfigMap", "jitney");
        assertEquals("https://ghes.corp", settings.at("/data/JITNEY_GHES_URL").asText());
        assertEquals("50", settings.at("/data/JITNEY_CAPACITY").asText());
        assertEquals(
                "50", one(resources, "ResourceQuota", "runners").at("/spec/hard/pods").asText());
        assertEquals(
                "k.corp:9092",
                one(resources, "ConfigMap", "events-kafka").at("/data/bootstrap.servers").asText());
        assertEquals(
                "10.244.0.0/16",
                one(resources, "NetworkPolicy", "web")
                        .at("/spec/egress/0/to/0/ipBlock/except/1")
                        .asText());
        assertEquals(
                "authority", one(resources, "ConfigMap", "ghes-ca").at("/data/ca.crt").asText());
        assertEquals("t0ken\n", value(one(resources, "Secret", "ghes-credentials"), "token"));
        assertEquals(
                "s3cret-old\ns3cret-new\n",
                value(one(resources, "Secret", "ghes-webhook"), "secrets"));
    }

    @Test
    void everyFunctionHasTheImageThatTheBuildPushes() {
        assertEquals(0, install(KAFKA), err.toString());

        List<ObjectNode> services =
                Rendering.of(site()).stream()
                        .filter(each -> each.path("kind").asText().equals("Service"))
                        .toList();
        assertEquals(5, services.size());
        for (ObjectNode each : services) {
            assertEquals(
                    REGISTRY + "/" + each.at("/metadata/name").asText() + ":7",
                    each.at("/spec/template/spec/containers/0/image").asText());
        }
    }

    @Test
    void functionsAndInfinispanShareTheSamePassword() {
        assertEquals(0, install(KAFKA), err.toString());

        List<ObjectNode> infinispan = Rendering.of(site().resolve("infinispan"));
        ObjectNode client = one(Rendering.of(site()), "Secret", "infinispan-client");
        String password = value(client, "password");
        assertEquals(48, password.length());
        assertEquals("certificate", value(client, "ca.crt"));
        assertEquals(
                "credentials:\n- username: jitney\n  password: \"" + password + "\"\n",
                value(one(infinispan, "Secret", "infinispan-identities"), "identities.yaml"));
        ObjectNode tls = one(infinispan, "Secret", "infinispan-tls");
        assertEquals("kubernetes.io/tls", tls.path("type").asText());
        assertEquals("h1dden", value(tls, "tls.key"));
        assertEquals("jitney-infinispan", tls.at("/metadata/namespace").asText());
    }

    @Test
    void secretsAreForTheirOwnerAlone_andNotForGit() throws IOException {
        assertEquals(0, install(KAFKA), err.toString());

        files().forEach(
                        (name, file) ->
                                assertEquals(
                                        name.contains("secrets/") ? "rw-------" : "rw-r--r--",
                                        file.substring(0, 9),
                                        name));
        assertTrue(files().getOrDefault(".gitignore", "").endsWith("\nsecrets/\n"));
    }

    @Test
    void runAgainItIsTheSame_andWhatIsNoLongerGivenIsGone() throws IOException {
        assertEquals(0, install(KAFKA), err.toString());
        var first = files();
        Files.writeString(site().resolve("secrets/ghes-webhook/secrets.new"), "half");
        Files.writeString(site().resolve("kustomization.yaml"), "by hand");

        assertEquals(0, install(KAFKA), err.toString());
        assertEquals(first, files());
        assertTrue(out.toString().contains(": files written 1, as they were 10; "), out.toString());

        assertEquals(0, install(MT + " --app-id 7 --app-key-file @key.pem", "--ghes-token-file"));
        assertEquals(
                List.of(
                        ".gitignore",
                        "kustomization.yaml",
                        "secrets/ghes-credentials/app-id",
                        "secrets/ghes-credentials/private-key",
                        "secrets/ghes-webhook/secrets",
                        "secrets/infinispan-client/password",
                        "secrets/infinispan-client/username",
                        "secrets/infinispan-server/password",
                        "secrets/infinispan-server/username"),
                List.copyOf(files().keySet()));
    }

    @Test
    void printsWhatWillBeApplied_withoutSecrets() throws IOException {
        assertEquals(0, install(MT + " --print"), err.toString());

        Path printed = Files.createDirectory(directory.resolve("printed"));
        Files.writeString(printed.resolve("all.yaml"), out.toString());
        write("printed/kustomization.yaml", "resources: [all.yaml]\n");
        ObjectNode secret = one(Rendering.of(printed), "Secret", "ghes-credentials");
        assertEquals("{\"token\":\"(not shown)\"}", secret.path("data").toString());
        assertTrue(err.toString().contains("  kubectl apply -k " + site()), err.toString());
    }

    @Test
    void aDirectoryOfSomebodyElseIsRefused() throws IOException {
        Files.createDirectory(site());
        Files.writeString(site().resolve("thesis.txt"), "years of work");

        assertEquals(2, install(MT));

        assertTrue(err.toString().contains("was not made by ./jitney install"), err.toString());
        assertEquals(List.of("thesis.txt"), List.copyOf(files().keySet()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--ghes-url https://ghes.corp/api/v3 | give the root",
                "--registry https://r.example/jitney | write a registry and a path in it",
                "--tag :latest                       | which no image can have",
                "--capacity many                     | write a number from 0, or auto",
                "--kafka k:1                         | goes with --broker kafka",
                "--cluster-range 10.0.0.0            | such as 10.244.0.0/16 or fd00:10:244::/56",
                "--cluster-range 10.244.0.1/16       | write the first address of a range",
                "--cluster-range 10.244.0.0/33       | write the first address of a range",
                "--cluster-range 10.244.0/16         | write the first address of a range",
                "--cluster-range fd00::1/56          | write the first address of a range",
                "--cluster-range 0.0.0.0/0           | write the first address of a range",
                "--runner-port 0                     | write a TCP port, such as 22",
                "--classes @none                     | cannot read",
                "--rabbitmq mq/mine                  | goes with --broker rabbitmq",
                "--broker rabbitmq --rabbitmq mine   | write NAMESPACE/NAME of a RabbitmqCluster",
                "--pull-secret-file @token           | this is no config.json",
                "--pull-secret-file @helper.json     | holds no credentials for registry.example.com",
                "--scope app                         | goes with --app-id",
                "--app-id 7                          | give --ghes-token-file, or --app-id",
                "--webhook-secret-file @none         | cannot read",
                "--broker kafka --kafka k:1          | give --infinispan-cert-file",
            })
    void whatMakesNoSenseIsRefused_andNothingIsWritten(String more, String said) {
        assertEquals(2, install(MT + " " + more), err.toString());

        assertTrue(err.toString().contains(said), err.toString());
        assertFalse(Files.exists(site()));
    }

    @Test
    void looksFirst_andWritesNothingIfItCannotWork() {
        try (GhesSimulator ghes = ghes();
                TrialCluster cluster = TrialCluster.ready(directory)) {
            String checked =
                    KAFKA.replace("https://ghes.corp/ --no-check", ghes.url().toString())
                            + " --kubeconfig @kubeconfig";
            cluster.simulator().forbid("create", "triggers");
            assertEquals(1, install(checked));
            assertTrue(out.toString().contains("FAIL  may not create triggers"), out.toString());
            assertTrue(err.toString().contains("nothing was written"), err.toString());
            assertFalse(Files.exists(site()));
        }
    }

    @Test
    void saysWhatToRun_ifEverythingIsThere() {
        try (GhesSimulator ghes = ghes();
                TrialCluster _ = TrialCluster.ready(directory)) {
            String checked =
                    KAFKA.replace("https://ghes.corp/ --no-check", ghes.url().toString())
                            + " --kubeconfig @kubeconfig";
            assertEquals(0, install(checked), out.toString() + err);
        }
        assertTrue(out.toString().contains("JITNEY_CAPACITY is 50\n"), out.toString());
        assertTrue(out.toString().contains("GHES          ok    answers"), out.toString());
        assertTrue(
                out.toString()
                        .contains(
                                "  export KUBECONFIG=%s\n  kubectl apply -k %s/infinispan\n"
                                        .formatted(directory.resolve("kubeconfig"), site())),
                out.toString());
    }

    private static GhesSimulator ghes() {
        GhesSimulator ghes = GhesSimulator.start(GhesSimulatorConfig.of("t0ken", "s3cret"));
        ghes.createOrganization("acme", List.of("shop"));
        return ghes;
    }
}
