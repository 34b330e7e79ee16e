package dev.jitney.kubernetes.simulator;

import static dev.jitney.kubernetes.simulator.Simulated.NAMESPACE;
import static dev.jitney.kubernetes.simulator.Simulated.fast;
import static dev.jitney.kubernetes.simulator.Simulated.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.SecretList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The conventions of the API, seen by Fabric8 or, where it hides them, by plain HTTP. */
final class KubernetesApiIT {
    private static final String PODS = "/api/v1/namespaces/jitney-runners/pods";
    private static final String SECRETS = "/api/v1/namespaces/jitney-runners/secrets";

    private final Simulated simulated =
            new Simulated(fast("http://127.0.0.1:9").withNodes(3, 7).withWatchHistory(50));
    private final KubernetesClient client = simulated.client;

    KubernetesApiIT() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        simulated.close();
    }

    @Test
    void introducesItself() {
        assertEquals("1", client.getKubernetesVersion().getMajor());
        assertEquals("APIVersions", json(get("/api")).getString("kind"));
        assertEquals("APIGroupList", json(get("/apis")).getString("kind"));
        assertEquals(5, json(get("/api/v1")).getJsonArray("resources").size());
        assertEquals("ok", get("/readyz").body());
        assertEquals(404, get("/api/v1/namespaces/jitney-runners/things").statusCode());
        assertEquals(404, get("/api/v1/namespaces/jitney-runners/nodes").statusCode());
        assertEquals(404, get("/apis/apps/v1").statusCode());
    }

    @Test
    void hasNamespacesAndNodes() {
        assertEquals(
                List.of("default", "jitney", "jitney-runners"),
                client.namespaces().list().getItems().stream()
                        .map(it -> it.getMetadata().getName())
                        .toList());
        var nodes = client.nodes().list().getItems();
        assertEquals(3, nodes.size());
        assertEquals(new Quantity("7"), nodes.getFirst().getStatus().getAllocatable().get("pods"));
    }

    @Test
    void keepsVersionsAndRefusesStaleWriters() {
        Secret first = secrets().resource(secret("s", "a", "1")).create();
        Secret second = secrets().resource(withData(first, "2")).update();

        var stale =
                assertThrows(
                        KubernetesClientException.class,
                        () -> secrets().resource(withData(first, "3")).update());

        assertEquals(409, stale.getCode());
        assertEquals("Conflict", stale.getStatus().getReason());
        assertEquals(
                "Operation cannot be fulfilled on secrets \"s\": the object has been modified;"
                        + " please apply your changes to the latest version and try again",
                stale.getStatus().getMessage());
        assertTrue(version(second) > version(first));
        assertEquals(first.getMetadata().getUid(), second.getMetadata().getUid());
    }

    @Test
    void doesNotCountAReplacementWithoutADifference() {
        Secret first = secrets().resource(secret("s", "a", "1")).create();

        Secret second = secrets().resource(first).update();

        assertEquals(version(first), version(second));
    }

    @Test
    void answersAlreadyExistsAndNotFoundInTheWordsOfKubernetes() {
        String body = new JsonObject(podBody("p")).encode();
        assertEquals(201, post(PODS, body).statusCode());

        var again = post(PODS, body);
        var absent = get(PODS + "/absent");

        assertEquals(409, again.statusCode());
        assertEquals(
                new JsonObject(
                        """
                        {"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure",
                         "message": "pods \\"p\\" already exists", "reason": "AlreadyExists",
                         "details": {"name": "p", "kind": "pods"}, "code": 409}
                        """),
                json(again));
        assertEquals("NotFound", json(absent).getString("reason"));
        assertEquals("pods \"absent\" not found", json(absent).getString("message"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"metadata":{"name":"Big"}}                                | metadata.name
                    {"metadata":{}}                                            | metadata.name
                    {"metadata":{"name":"x"},"spec":{}}                        | spec.containers
                    {"metadata":{"name":"x"},"spec":{"restartPolicy":"Ever"}}  | spec.restartPolicy
                    {"metadata":{"name":"x","labels":{"a":"b c"}}}             | metadata.labels
                    {"metadata":{"name":"x"},"spec":{"containers":[{"name":"c"}]}} | spec.containers[0].image
                    """)
    void refusesInvalidPods(String body, String field) {
        var refused = post(PODS, body);

        assertEquals(422, refused.statusCode());
        assertEquals("Invalid", json(refused).getString("reason"));
        var causes = json(refused).getJsonObject("details").getJsonArray("causes");
        assertTrue(
                causes.stream().anyMatch(it -> ((JsonObject) it).getString("field").equals(field)),
                causes.encode());
    }

    @Test
    void refusesWhatIsNoObject() {
        assertEquals(400, post(PODS, "{").statusCode());
        assertEquals(400, post(PODS, "[]").statusCode());
        assertEquals(400, post(PODS, "{\"kind\":\"Secret\"}").statusCode());
        assertEquals(
                400,
                post(SECRETS, "{\"metadata\":{\"name\":\"s\"},\"data\":{\"a\":\"%\"}}")
                        .statusCode());
        assertEquals(404, post("/api/v1/namespaces/none/pods", podBody("p")).statusCode());
        assertEquals(405, post(PODS + "/p", podBody("p")).statusCode());
    }

    @Test
    void refusesToChangeTheSpecOfAPod() {
        create(pod("p", Map.of()));
        Eventually.is("runs", () -> pods().withName("p").isReady());
        Pod changed = pods().withName("p").get();
        changed.getSpec().getContainers().getFirst().setImage("other:1");

        var refused =
                assertThrows(
                        KubernetesClientException.class, () -> pods().resource(changed).update());

        assertEquals(422, refused.getCode());
    }

    @Test
    void patchesByMergeOnly() {
        create(pod("p", Map.of("keep", "1", "drop", "2")));

        Pod patched =
                pods().withName("p")
                        .patch(
                                PatchContext.of(PatchType.JSON_MERGE),
                                "{\"metadata\":{\"labels\":{\"drop\":null,\"new\":\"3\"}}}");

        assertEquals(Map.of("keep", "1", "new", "3"), patched.getMetadata().getLabels());
        var other = simulated.call("PATCH", PODS + "/p", "application/json-patch+json", "[]");
        assertEquals(415, other.statusCode());
    }

    @Test
    void encodesPlainTextOfSecrets() {
        var secret =
                new SecretBuilder(secret("s", "a", "1"))
                        .withStringData(Map.of("plain", "text"))
                        .build();

        Secret created = secrets().resource(secret).create();

        assertEquals("dGV4dA==", created.getData().get("plain"));
        assertEquals("Opaque", created.getType());
    }

    @Test
    void selectsByLabelsAndFields() {
        create(pod("a", Map.of("tier", "web", "new", "")));
        create(pod("b", Map.of("tier", "db")));
        create(pod("c", Map.of()));

        assertEquals(List.of("a"), names("labelSelector=tier%3Dweb"));
        assertEquals(List.of("b", "c"), names("labelSelector=tier!%3Dweb"));
        assertEquals(List.of("a", "b"), names("labelSelector=tier+in+(web,db)"));
        assertEquals(List.of("b", "c"), names("labelSelector=tier+notin+(web)"));
        assertEquals(List.of("a"), names("labelSelector=tier,new"));
        assertEquals(List.of("b", "c"), names("labelSelector=!new"));
        assertEquals(List.of("c"), names("fieldSelector=metadata.name%3Dc"));
        assertEquals(400, get(PODS + "?labelSelector=a+b").statusCode());
        assertEquals(400, get(PODS + "?fieldSelector=spec.x%3D1").statusCode());
    }

    @Test
    void listsInPages() {
        Stream.of("a", "b", "c").forEach(name -> create(pod(name, Map.of())));

        var first = pods().list(new ListOptionsBuilder().withLimit(2L).build());
        var second =
                pods().list(
                                new ListOptionsBuilder()
                                        .withLimit(2L)
                                        .withContinue(first.getMetadata().getContinue())
                                        .build());

        assertEquals(2, first.getItems().size());
        assertEquals(1, first.getMetadata().getRemainingItemCount());
        assertEquals("c", second.getItems().getFirst().getMetadata().getName());
        assertEquals(null, second.getMetadata().getContinue());
    }

    @Test
    void deletesUnderPreconditions() {
        create(pod("p", Map.of()));
        String uid = pods().withName("p").get().getMetadata().getUid();

        var wrong = delete(PODS + "/p", "{\"preconditions\":{\"uid\":\"other\"}}");
        var right =
                delete(
                        PODS + "/p",
                        "{\"gracePeriodSeconds\":0,\"preconditions\":{\"uid\":\"%s\"}}"
                                .formatted(uid));

        assertEquals(409, wrong.statusCode());
        assertEquals("Conflict", json(wrong).getString("reason"));
        assertEquals(200, right.statusCode());
        assertEquals(404, get(PODS + "/p").statusCode());
        assertEquals(404, delete(PODS + "/p", "").statusCode());
    }

    @Test
    void deletesASecretWithAStatusAndACollectionWithItsList() {
        secrets().resource(secret("s", "a", "1")).create();
        create(pod("a", Map.of("tier", "web")));
        create(pod("b", Map.of("tier", "db")));

        var one = delete(SECRETS + "/s", "");
        var some = delete(PODS + "?labelSelector=tier%3Dweb", "{\"gracePeriodSeconds\":0}");

        assertEquals("Success", json(one).getString("status"));
        assertEquals("PodList", json(some).getString("kind"));
        assertEquals(List.of("b"), names(""));
    }

    @Test
    void keepsADeletedPodUntilItsKubeletIsDone() {
        create(pod("p", Map.of()));
        Eventually.is(
                "on a node", () -> pods().withName("p").get().getSpec().getNodeName() != null);
        var seen = new Recorder();
        try (var _ = pods().watch(seen)) {
            pods().withName("p").delete();

            Eventually.is("gone", () -> seen.actions.contains("DELETED p"));
        }
        assertTrue(seen.deletionSeen, "deletionTimestamp came before the end");
        assertFalse(seen.failed);
    }

    @Test
    void watchesChangesOnceAndInOrder() throws IOException {
        var seen = new Recorder();
        try (var _ = pods().withLabel("tier", "web").watch(seen)) {
            create(pod("other", Map.of("tier", "db")));
            create(pod("a", Map.of("tier", "web")));
            Eventually.is("runs", () -> seen.actions.size() >= 3);
            pods().withName("a")
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            "{\"metadata\":{\"labels\":{\"tier\":\"db\"}}}");
            Eventually.is("leaves the selection", () -> seen.actions.contains("DELETED a"));
        }
        assertEquals("ADDED a", seen.actions.getFirst());
        assertEquals(1, seen.actions.stream().filter("ADDED a"::equals).count());
        assertEquals(seen.versions.stream().sorted().distinct().toList(), seen.versions);
        assertTrue(seen.actions.stream().noneMatch(it -> it.endsWith("other")));
    }

    @Test
    void watchesOverPlainHttpFromAVersion() {
        secrets().resource(secret("before", "a", "1")).create();
        String from =
                client.secrets().inNamespace(NAMESPACE).list().getMetadata().getResourceVersion();
        secrets().resource(secret("after", "a", "1")).create();

        var lines =
                get(SECRETS + "?watch=true&timeoutSeconds=1&resourceVersion=" + from)
                        .body()
                        .lines()
                        .map(JsonObject::new)
                        .toList();

        assertEquals(1, lines.size());
        assertEquals("ADDED", lines.getFirst().getString("type"));
        assertEquals("after", Meta.name(lines.getFirst().getJsonObject("object")));
    }

    @Test
    void tellsAWatchThatItsVersionIsTooOld() {
        for (int index = 0; index < 60; index++) {
            secrets().resource(secret("s" + index, "a", "1")).create();
        }

        var event = new JsonObject(get(SECRETS + "?watch=true&resourceVersion=2").body());

        assertEquals("ERROR", event.getString("type"));
        assertEquals(410, event.getJsonObject("object").getInteger("code"));
        assertEquals("Expired", event.getJsonObject("object").getString("reason"));
    }

    @Test
    void waitsForAConditionByInformerAndWatch() {
        create(pod("p", Map.of()));

        Pod running =
                pods().withName("p")
                        .waitUntilCondition(
                                pod -> pod != null && "Running".equals(pod.getStatus().getPhase()),
                                10,
                                TimeUnit.SECONDS);

        assertNotEquals(null, running.getSpec().getNodeName());
        assertTrue(running.getStatus().getContainerStatuses().getFirst().getReady());
    }

    @Test
    void showsTheUsageOfAQuota() throws IOException {
        try (var limited = new Simulated(fast("http://127.0.0.1:9").withPodQuota(2))) {
            limited.client.pods().inNamespace(NAMESPACE).resource(pod("p", Map.of())).create();

            var quota =
                    limited.client
                            .resourceQuotas()
                            .inNamespace(NAMESPACE)
                            .list()
                            .getItems()
                            .getFirst();

            assertEquals(new Quantity("2"), quota.getStatus().getHard().get("pods"));
            assertEquals(new Quantity("1"), quota.getStatus().getUsed().get("pods"));
        }
    }

    /** Writes down what a watch tells. */
    private static final class Recorder implements Watcher<Pod> {
        private final List<String> actions = new CopyOnWriteArrayList<>();
        private final List<Long> versions = new CopyOnWriteArrayList<>();
        private volatile boolean deletionSeen;
        private volatile boolean failed;

        @Override
        public void eventReceived(Action action, Pod pod) {
            versions.add(Long.parseLong(pod.getMetadata().getResourceVersion()));
            deletionSeen |=
                    action == Action.MODIFIED && pod.getMetadata().getDeletionTimestamp() != null;
            actions.add(action + " " + pod.getMetadata().getName());
        }

        @Override
        public void onClose(WatcherException cause) {
            failed = true;
        }
    }

    private NonNamespaceOperation<Pod, PodList, PodResource> pods() {
        return client.pods().inNamespace(NAMESPACE);
    }

    private NonNamespaceOperation<Secret, SecretList, Resource<Secret>> secrets() {
        return client.secrets().inNamespace(NAMESPACE);
    }

    private void create(Pod pod) {
        pods().resource(pod).create();
    }

    private static Pod pod(String name, Map<String, String> labels) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage("image:1")
                .endContainer()
                .endSpec()
                .build();
    }

    private static String podBody(String name) {
        return """
        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "%s"},
         "spec": {"containers": [{"name": "main", "image": "image:1"}]}}
        """
                .formatted(name);
    }

    private static Secret secret(String name, String key, String value) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withData(Map.of(key, "QQ" + value + "="))
                .build();
    }

    private static Secret withData(Secret secret, String value) {
        return new SecretBuilder(secret).withData(Map.of("a", "QQ" + value + "=")).build();
    }

    private static long version(Secret secret) {
        return Long.parseLong(secret.getMetadata().getResourceVersion());
    }

    private List<String> names(String query) {
        return json(get(PODS + "?" + query)).getJsonArray("items").stream()
                .map(it -> Meta.name((JsonObject) it))
                .toList();
    }

    private HttpResponse<String> get(String path) {
        return simulated.call("GET", path, "application/json", "");
    }

    private HttpResponse<String> post(String path, String body) {
        return simulated.call("POST", path, "application/json", body);
    }

    private HttpResponse<String> delete(String path, String body) {
        return simulated.call("DELETE", path, "application/json", body);
    }
}
