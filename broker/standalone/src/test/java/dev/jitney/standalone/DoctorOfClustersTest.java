package dev.jitney.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command doctor with a cluster alone, against a simulated API server. */
final class DoctorOfClustersTest {
    @TempDir private Path directory;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int doctor(Path kubeconfig, String... more) {
        CommandLine jitney = Jitney.commandLine();
        jitney.setOut(new PrintWriter(out));
        jitney.setErr(new PrintWriter(err));
        List<String> all = new ArrayList<>(List.of("doctor"));
        all.addAll(List.of("--kubeconfig", kubeconfig.toString()));
        all.addAll(List.of(more));
        return jitney.execute(all.toArray(String[]::new));
    }

    private void assertSaid(String line) {
        assertTrue(out.toString().contains(line), out.toString());
    }

    @Test
    void findsNothingWrongWithAClusterThatHasWhatIsNeeded() {
        try (TrialCluster cluster = TrialCluster.ready(directory)) {
            assertEquals(0, doctor(cluster.kubeconfig()), out.toString());
        }

        assertFalse(out.toString().contains("FAIL"), out.toString());
        assertSaid("Kubernetes    ok    version v1.33.0+jitney-simulator\n");
        assertSaid("ok    clock is 0 s ");
        assertSaid("ok    sources.knative.dev/v1 has PingSource, SinkBinding\n");
        assertSaid("ok    Knative Broker for Apache Kafka is there\n");
        assertSaid("rights        ok    may apply all ");
        assertSaid("JITNEY_CAPACITY is 200\n");
        assertSaid("versions      ok    Knative Eventing 1.22.1\n");
        assertSaid("classes       ok    all that runner classes name is there\n");
        assertSaid("warn  not there: jitney-infinispan, jitney/secrets/ghes-webhook, ");
    }

    @Test
    void saysWhatIsNotInstalled_byTheBrokerThatIsWanted() {
        try (TrialCluster cluster = TrialCluster.empty(directory)) {
            assertEquals(1, doctor(cluster.kubeconfig(), "--broker", "rabbitmq"));
        }

        assertSaid("FAIL  API serving.knative.dev/v1 is not served\n");
        assertSaid("-> install Knative Serving, 1.17 or newer\n");
        assertSaid("FAIL  API eventing.knative.dev/v1alpha1 is not served\n");
        assertSaid("-> install the Knative Broker for RabbitMQ");
        assertSaid("FAIL  API infinispan.org/v1 is not served\n");
        assertFalse(out.toString().contains("Kafka"), out.toString());
    }

    @Test
    void namesWhatRunnerClassesNameAndTheirNamespaceLacks() {
        String core = "/api/v1/namespaces/";
        String classes =
                """
                classes:
                  - name: gpu
                    labels: [gpu]
                    ca: {configMap: corp-ca}
                    env:
                      - name: NPM_TOKEN
                        valueFrom: {secretKeyRef: {name: npm, key: token}}
                """;
        var settings = new JsonObject().put("JITNEY_CLASSES", classes);
        try (TrialCluster cluster = TrialCluster.ready(directory)) {
            cluster.simulator()
                    .show(
                            core + "jitney/configmaps/jitney",
                            new JsonObject().put("data", settings.put("JITNEY_CAPACITY", "5")));
            doctor(cluster.kubeconfig());
            assertSaid("name what is not in jitney-runners: configmaps/corp-ca, secrets/npm\n");

            cluster.simulator().show(core + "jitney-runners/configmaps/corp-ca", new JsonObject());
            doctor(cluster.kubeconfig());
            assertSaid("name what is not in jitney-runners: secrets/npm\n");
        }
    }

    @Test
    void saysWhetherPoliciesKnowTheGateway() {
        String config = "/api/v1/namespaces/knative-serving/configmaps/config-network";
        var gateway =
                new JsonObject().put("ingress-class", "kourier.ingress.networking.knative.dev");
        try (TrialCluster cluster = TrialCluster.ready(directory)) {
            cluster.simulator().show(config, new JsonObject().put("data", gateway));
            doctor(cluster.kubeconfig());
            assertSaid("gateway       warn  the gateway of class kourier.ingress.networking");

            cluster.simulator().show("/api/v1/namespaces/kourier-system", new JsonObject());
            doctor(cluster.kubeconfig());
            assertSaid("gateway       ok    policies let in the gateway in kourier-system\n");
        }
    }

    @Test
    void saysInPlainWordsWhatIsNotReady() {
        String jitney = "/namespaces/jitney/";
        try (TrialCluster cluster = TrialCluster.ready(directory)) {
            var simulator = cluster.simulator();
            cluster.define("brokers.eventing.knative.dev", "1.16.0");
            simulator.show(
                    "/apis/eventing.knative.dev/v1" + jitney + "brokers/events",
                    ready("False", "TopicNotPresentOrInvalid", "no leader"));
            simulator.show(
                    "/apis/serving.knative.dev/v1" + jitney + "services/admission",
                    ready("True", "", ""));
            simulator.show(
                    "/apis/infinispan.org/v1/namespaces/jitney-infinispan/infinispans/infinispan",
                    infinispan("16.0.7"));
            simulator.show(
                    "/apis/sources.knative.dev/v1" + jitney + "sinkbindings/webhook-sink",
                    new JsonObject());

            assertEquals(1, doctor(cluster.kubeconfig()));
        }
        assertSaid("FAIL  Knative Eventing 1.16.0 is older than 1.17\n");
        assertSaid("ready         warn  1 of ");
        assertSaid("FAIL  Broker events is not ready: TopicNotPresentOrInvalid no leader\n");
        assertSaid("FAIL  Infinispan 16.0.7 may lose records in a restart of all servers\n");
        assertFalse(out.toString().contains("Service admission is not"), out.toString());
    }

    private static JsonObject infinispan(String version) {
        var operand = new JsonObject().put("version", version);
        return new JsonObject().put("status", new JsonObject().put("operand", operand));
    }

    private static JsonObject ready(String status, String reason, String message) {
        var condition =
                new JsonObject()
                        .put("type", "Ready")
                        .put("status", status)
                        .put("reason", reason)
                        .put("message", message);
        var conditions = new JsonArray().add(condition);
        return new JsonObject().put("status", new JsonObject().put("conditions", conditions));
    }

    @Test
    void saysWhetherRabbitmqLetsTheBrokerIn() {
        String path = "/apis/rabbitmq.com/v1beta1/namespaces/rabbitmq/rabbitmqclusters/rabbitmq";
        String allowed = "rabbitmq.com/topology-allowed-namespaces";
        try (TrialCluster cluster = TrialCluster.ready(directory)) {
            var simulator = cluster.simulator();
            doctor(cluster.kubeconfig(), "--broker", "rabbitmq");
            assertSaid("RabbitMQ      FAIL  rabbitmq.com/v1beta1 lacks Binding, Exchange");

            simulator.serve(
                    "rabbitmq.com/v1beta1",
                    List.of("RabbitmqCluster", "Binding", "Exchange", "Policy", "Queue"));
            doctor(cluster.kubeconfig(), "--broker", "rabbitmq");
            assertSaid("RabbitMQ      FAIL  there is no RabbitmqCluster rabbitmq/rabbitmq\n");

            simulator.show(path, annotated(allowed, "other"));
            doctor(cluster.kubeconfig(), "--broker", "rabbitmq");
            assertSaid("annotate rabbitmqcluster rabbitmq " + allowed + "=jitney");

            simulator.show(path, annotated(allowed, "other, jitney"));
            doctor(cluster.kubeconfig(), "--broker", "rabbitmq");
            assertSaid("RabbitMQ      ok    RabbitmqCluster rabbitmq/rabbitmq lets jitney in\n");
        }
    }

    private static JsonObject annotated(String name, String value) {
        var annotations = new JsonObject().put(name, value);
        return new JsonObject().put("metadata", new JsonObject().put("annotations", annotations));
    }

    @Test
    void saysWhetherGhesCanReachTheWebhook() {
        String service = "/apis/serving.knative.dev/v1/namespaces/jitney/services/webhook";
        String mappings = "/apis/serving.knative.dev/v1beta1/namespaces/jitney/domainmappings";
        String domains = "/api/v1/namespaces/knative-serving/configmaps/config-domain";
        try (TrialCluster cluster = TrialCluster.ready(directory)) {
            var simulator = cluster.simulator();
            assertEquals(0, doctor(cluster.kubeconfig()));
            assertSaid("address       warn  Knative gives Services names in svc.cluster.local");

            simulator.show(
                    domains,
                    new JsonObject("{'data':{'_example':'','example.com':''}}".replace('\'', '"')));
            assertEquals(0, doctor(cluster.kubeconfig()));
            assertSaid("address       ok    Knative gives Services names in example.com\n");

            simulator.show(service, status("http://webhook.jitney.svc.cluster.local"));
            assertEquals(1, doctor(cluster.kubeconfig()));
            assertSaid(
                    "address       FAIL  http://webhook.jitney.svc.cluster.local of the webhook");

            var mapping =
                    status("https://jitney.example.com")
                            .put(
                                    "spec",
                                    new JsonObject()
                                            .put("ref", new JsonObject().put("name", "webhook")));
            simulator.show(mappings, new JsonObject().put("items", new JsonArray().add(mapping)));
            assertEquals(0, doctor(cluster.kubeconfig()));
            assertSaid("address       ok    the webhook is at https://jitney.example.com\n");

            simulator.show(mappings, new JsonObject());
            simulator.show(service, status("http://webhook.jitney.example.com"));
            assertEquals(0, doctor(cluster.kubeconfig()));
            assertSaid("is at http://webhook.jitney.example.com, without TLS\n");
        }
    }

    private static JsonObject status(String url) {
        JsonObject object = ready("True", "", "");
        object.getJsonObject("status").put("url", url);
        return object;
    }

    @Test
    void saysWhatIsForbidden() {
        try (TrialCluster cluster = TrialCluster.ready(directory)) {
            cluster.simulator().forbid("patch", "brokers");
            cluster.simulator().forbid("create", "clusterroles");

            assertEquals(1, doctor(cluster.kubeconfig(), "--json"));
        }

        assertSaid("may not patch brokers.eventing.knative.dev in jitney");
        assertSaid("may not create clusterroles.rbac.authorization.k8s.io\"");
    }

    @Test
    void aClusterThatDoesNotAnswerIsAFinding_andSoIsNoKubeconfig() throws IOException {
        TrialCluster cluster = TrialCluster.empty(directory);
        cluster.close();

        assertEquals(1, doctor(cluster.kubeconfig()));
        assertSaid("Kubernetes    FAIL  the API server cannot be asked: GET /version: ");
        assertSaid("APIs          warn  not looked at\n");

        assertEquals(1, doctor(directory.resolve("none")));
        assertSaid("FAIL  there is no kubeconfig ");

        assertEquals(1, doctor(Files.writeString(directory.resolve("words"), "a: [")));
        assertSaid("FAIL  the kubeconfig ");
    }
}
