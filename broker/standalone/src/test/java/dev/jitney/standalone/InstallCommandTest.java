package dev.jitney.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.jitney.classes.ClassFile;
import dev.jitney.ghes.simulator.GhesSimulator;
import dev.jitney.ghes.simulator.GhesSimulatorConfig;
import dev.jitney.kubernetes.RunnerPodTemplates;
import dev.jitney.manifests.Rendering;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The command install, from its options to what kubectl would apply. */
final class InstallCommandTest {
    private static final String REGISTRY = "registry.example.com/jitney";

    @TempDir private Path directory;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void givenFiles() throws IOException {
        write("webhook-secret", "s3cret-old\ns3cret-new\n");
        write("token", "t0ken\n");
        write("key.pem", "k3y");
        write("infinispan.crt", "certificate");
        write("infinispan.key", "h1dden");
        write("ca.pem", "authority");
        write("helper.json", "{\"auths\":{\"registry.example.com\":{}},\"credsStore\":\"x\"}");
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(directory.resolve(name), content);
    }

    private Path site() {
        return directory.resolve("site");
    }

    /** Names of files are made whole; what is given twice counts as it was given last. */
    private int install(String line) {
        CommandLine jitney = Jitney.commandLine().setOverwrittenOptionsAllowed(true);
        jitney.setOut(new PrintWriter(out));
        jitney.setErr(new PrintWriter(err));
        List<String> all = new ArrayList<>(List.of("install", "--registry", REGISTRY));
        all.addAll(List.of("--tag", "7", "--out", site().toString()));
        for (String word : ("--webhook-secret-file @webhook-secret " + line).split(" ", -1)) {
            all.add(word.startsWith("@") ? directory.resolve(word.substring(1)) + "" : word);
        }
        int code = jitney.execute(all.toArray(String[]::new));
        for (String secret : List.of("s3cret", "t0ken", "k3y", "h1dden")) {
            assertFalse((out.toString() + err).contains(secret), "a secret was printed");
        }
        return code;
    }

    private static final String KAFKA =
            "--ghes-url https://ghes.corp/ --no-check --ghes-token-file @token --kafka k.corp:9092"
                    + " --capacity 50 --infinispan-cert-file @infinispan.crt"
                    + " --infinispan-key-file @infinispan.key";

    private static final String MT =
            "--ghes-url https://ghes.corp --no-check --broker mt --ghes-token-file @token";

    private static ObjectNode one(List<ObjectNode> resources, String kind, String name) {
        return resources.stream()
                .filter(each -> each.path("kind").asText().equals(kind))
                .filter(each -> each.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
    }

    private static String value(ObjectNode secret, String key) {
        String encoded = secret.path("data").path(key).asText();
        return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    }

    /** Every file but the password, which differs from run to run. */
    private SortedMap<String, String> files() throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(site())) {
            for (Path each : walk.filter(Files::isRegularFile).toList()) {
                String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(each));
                files.put(site().relativize(each).toString(), mode + " " + Files.readString(each));
            }
        }
        return files;
    }

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

    /** The same without an option and its value. */
    private int install(String line, String without) {
        return install(line.replaceAll(" " + without + " \\S+", ""));
    }

    @Test
    void ownChangesAreTakenIn_andLeftAlone() throws IOException {
        assertEquals(0, install(MT), err.toString());
        Path own = Files.createDirectory(site().resolve("own"));
        String text =
                """
                kind: Component
                patches:
                  - target: {kind: ConfigMap, name: jitney}
                    patch: |
                      - {op: replace, path: /data/JITNEY_ORG_LIMIT, value: "3"}
                """;
        Files.writeString(own.resolve("kustomization.yaml"), text);

        assertEquals(0, install(MT), err.toString());

        ObjectNode settings = one(Rendering.of(site()), "ConfigMap", "jitney");
        assertEquals("3", settings.at("/data/JITNEY_ORG_LIMIT").asText());
        assertEquals(text, Files.readString(own.resolve("kustomization.yaml")));
    }

    @Test
    void ownChangesOfInfinispanAreTakenIn_andLeftAlone() throws IOException {
        assertEquals(0, install(KAFKA), err.toString());
        Path own = Files.createDirectory(site().resolve("infinispan/own"));
        String text =
                """
                kind: Component
                patches:
                  - target: {kind: Infinispan, name: infinispan}
                    patch: |
                      - {op: replace, path: /spec/service/container/storage, value: 5Gi}
                """;
        Files.writeString(own.resolve("kustomization.yaml"), text);

        assertEquals(0, install(KAFKA), err.toString());

        ObjectNode cluster =
                one(Rendering.of(site().resolve("infinispan")), "Infinispan", "infinispan");
        assertEquals("5Gi", cluster.at("/spec/service/container/storage").asText());
        assertEquals(text, Files.readString(own.resolve("kustomization.yaml")));
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

    /** Those of the instructions, in their order: of the functions, and of Infinispan. */
    @Test
    void theChangesOfTheInstructionsCanBeMade() throws IOException {
        assertEquals(0, install(KAFKA), err.toString());
        String page = Files.readString(Project.current().root().resolve("docs/install.md"));
        List<String> components =
                Pattern.compile("```yaml\n(.*?kind: Component.*?)```", Pattern.DOTALL)
                        .matcher(page)
                        .results()
                        .map(each -> each.group(1))
                        .toList();
        assertEquals(2, components.size());
        List<String> places = List.of("own", "infinispan/own");
        for (int i = 0; i < places.size(); i++) {
            Path own = Files.createDirectory(site().resolve(places.get(i)));
            Files.writeString(own.resolve("kustomization.yaml"), components.get(i));
        }

        assertEquals(0, install(KAFKA), err.toString());

        ObjectNode settings = one(Rendering.of(site()), "ConfigMap", "jitney");
        assertEquals("20", settings.at("/data/JITNEY_ORG_LIMIT").asText());
        ObjectNode cluster =
                one(Rendering.of(site().resolve("infinispan")), "Infinispan", "infinispan");
        assertEquals("fast", cluster.at("/spec/service/container/storageClassName").asText());
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

    /** Lines of fenced code, with what a backslash continues. */
    static Stream<String> commandsOfTheInstructions() throws IOException {
        Path page = Project.current().root().resolve("docs/install.md");
        return Files.readString(page)
                .replaceAll("\\\\\\n\\s*", "")
                .lines()
                .filter(line -> line.startsWith("./jitney "))
                .map(line -> line.substring("./jitney ".length()));
    }

    @ParameterizedTest
    @MethodSource("commandsOfTheInstructions")
    void everyCommandOfTheInstructionsIsUnderstood(String line) {
        Jitney.commandLine().parseArgs(line.split(" ", -1));
    }

    private static GhesSimulator ghes() {
        GhesSimulator ghes = GhesSimulator.start(GhesSimulatorConfig.of("t0ken", "s3cret"));
        ghes.createOrganization("acme", List.of("shop"));
        return ghes;
    }
}
