package dev.jitney.ghes.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Holds routes, requests and real answers against GitHub's description of GHES 3.14. */
final class ConformanceTest {

    private static final String GENERATE = "/orgs/{org}/actions/runners/generate-jitconfig";
    private static final String RUNNERS = "/orgs/{org}/actions/runners";
    private static final String RUNNER = RUNNERS + "/{runner_id}";
    private static final String RUNS = "/repos/{owner}/{repo}/actions/runs";
    private static final String RUN_JOBS = RUNS + "/{run_id}/jobs";
    private static final String JOB = "/repos/{owner}/{repo}/actions/jobs/{job_id}";
    private static final String HOOKS = "/orgs/{org}/hooks";
    private static final JsonObject REQUEST =
            new JsonObject()
                    .put("name", "code-linux-1")
                    .put("runner_group_id", 1)
                    .put("labels", JsonArray.of("self-hosted", "code-linux"))
                    .put("work_folder", "_work");

    private GhesSimulator simulator;

    @BeforeEach
    void start() {
        simulator = GhesSimulator.start(GhesSimulatorConfig.of("token", "secret"));
        simulator.createOrganization("acme", List.of("shop"));
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private HttpResponse<String> call(String method, String path, String body) {
        HttpRequest.Builder request =
                FakeRunner.request(simulator.url(), "/api/v3" + path)
                        .header("Authorization", "token token")
                        .method(method, BodyPublishers.ofString(body));
        return FakeRunner.send(request);
    }

    /** Makes a call, and fails unless the answer has the status and the shape described for it. */
    private Object conforms(String method, String path, String actual, String body, int status) {
        HttpResponse<String> answer = call(method, actual, body);
        assertEquals(status, answer.statusCode(), answer.body());
        if (answer.body().isEmpty()) return new JsonObject();
        Object json = Json.decodeValue(answer.body());
        assertEquals("", Schemas.answerErrors(method.toLowerCase(Locale.ROOT), path, status, json));
        return json;
    }

    private JsonObject read(String path, String actual) {
        return (JsonObject) conforms("GET", path, actual, "", 200);
    }

    @Test
    void everyRouteIsDescribed() {
        for (RestRoutes.Route route : RestRoutes.all()) {
            String method = route.method().name().toLowerCase(Locale.ROOT);
            assertTrue(Schemas.hasOperation(method, route.path()), route.toString());
        }
    }

    @Test
    void theSchemasRefuseWhatIsWrong() {
        var wrongInside =
                new JsonObject()
                        .put("encoded_jit_config", "e30=")
                        .put("runner", new JsonObject().put("id", "x"));

        assertNotEquals("", Schemas.answerErrors("post", GENERATE, 201, wrongInside));
        assertNotEquals("", Schemas.webhookErrors("queued", new JsonObject()));
    }

    @Test
    void answersAboutRunners() {
        assertEquals("", Schemas.requestErrors("post", GENERATE, REQUEST));
        String runners = "/orgs/acme/actions/runners";
        String generate = runners + "/generate-jitconfig";

        var made = (JsonObject) conforms("POST", GENERATE, generate, REQUEST.encode(), 201);
        conforms("POST", GENERATE, generate, REQUEST.encode(), 409);
        conforms("POST", GENERATE, generate, "{\"name\":\"x\"}", 422);
        conforms(
                "POST",
                GENERATE,
                "/orgs/other/actions/runners/generate-jitconfig",
                REQUEST.encode(),
                404);
        assertEquals(1, read(RUNNERS, runners).getInteger("total_count"));
        assertEquals(0, read(RUNNERS, runners + "?name=other").getInteger("total_count"));
        String runner = runners + "/" + made.getJsonObject("runner").getLong("id");
        read(RUNNER, runner);

        long job = simulator.queueJob("acme", "shop", List.of("code-linux"), Duration.ofHours(1));
        String config = made.getString("encoded_jit_config");
        FakeRunner online = FakeRunner.online(simulator.url(), config);
        assertEquals(job, online.take());
        assertEquals(true, read(RUNNER, runner).getBoolean("busy"));
        JsonObject busy = (JsonObject) conforms("DELETE", RUNNER, runner, "", 422);
        assertEquals(
                "Bad request - Runner \"code-linux-1\" is still running a job",
                busy.getString("message"));
        assertEquals(200, online.done());
        assertEquals(404, call("DELETE", runner, "").statusCode());
    }

    @Test
    void answersAboutHooksOfOrganizations() {
        try (var own = withHook(HookKind.ORGANIZATION)) {
            var hooks = (JsonArray) conformsOf(own, "GET", HOOKS, "/orgs/acme/hooks", 200);
            String hook = "/orgs/acme/hooks/" + hooks.getJsonObject(0).getLong("id");
            own.queueJob("acme", "shop", List.of("code-linux"), Duration.ofHours(1));
            Await.until("sent", () -> own.state().failed() == 1);

            String path = HOOKS + "/{hook_id}/deliveries";
            var list = (JsonArray) conformsOf(own, "GET", path, hook + "/deliveries", 200);

            String one = hook + "/deliveries/" + list.getJsonObject(0).getLong("id") + "/attempts";
            conformsOf(own, "POST", path + "/{delivery_id}/attempts", one, 202);

            conformsOf(own, "DELETE", HOOKS + "/{hook_id}", hook, 204);
            conformsOf(own, "DELETE", HOOKS + "/{hook_id}", hook, 404);
        }
    }

    @Test
    void aGlobalHookHasNoListOfDeliveries() {
        assertEquals("[]", call("GET", "/orgs/acme/hooks", "").body());
        assertEquals(404, call("GET", "/orgs/acme/hooks/1/deliveries", "").statusCode());
        assertEquals(401, call("GET", "/app/hook/deliveries", "").statusCode());
    }

    private static GhesSimulator withHook(HookKind kind) {
        GhesSimulator own =
                GhesSimulator.start(
                        GhesSimulatorConfig.of("token", "secret")
                                .withWebhookUrl(URI.create("http://127.0.0.1:1/nobody"))
                                .withHook(kind));
        own.createOrganization("acme", List.of("shop"));
        return own;
    }

    private static Object conformsOf(
            GhesSimulator own, String method, String path, String actual, int status) {
        HttpResponse<String> answer =
                FakeRunner.send(
                        FakeRunner.request(own.url(), "/api/v3" + actual)
                                .header("Authorization", "token token")
                                .method(method, BodyPublishers.ofString("")));
        assertEquals(status, answer.statusCode(), answer.body());
        if (answer.body().isEmpty()) return new JsonObject();
        Object json = Json.decodeValue(answer.body());
        assertEquals("", Schemas.answerErrors(method.toLowerCase(Locale.ROOT), path, status, json));
        return json;
    }

    @Test
    void everyRequiredPropertyIsRequired() {
        for (String property : List.of("name", "runner_group_id", "labels")) {
            JsonObject request = REQUEST.copy();
            request.remove(property);

            assertNotEquals("", Schemas.requestErrors("post", GENERATE, request), property);
            conforms(
                    "POST",
                    GENERATE,
                    "/orgs/acme/actions/runners/generate-jitconfig",
                    request.encode(),
                    422);
        }
    }

    @Test
    void answersAboutRunsAndJobs() {
        long job = simulator.queueJob("acme", "shop", List.of("x"), Duration.ofHours(1));
        String runs = "/repos/acme/shop/actions/runs";

        JsonObject found = read(RUNS, runs + "?status=queued");
        assertEquals(1, found.getInteger("total_count"));
        long run = found.getJsonArray("workflow_runs").getJsonObject(0).getLong("id");
        read(RUN_JOBS, runs + "/" + run + "/jobs");
        read(JOB, "/repos/acme/shop/actions/jobs/" + job);
        simulator.cancel(job);

        JsonObject ended = read(JOB, "/repos/acme/shop/actions/jobs/" + job);
        assertEquals(0, ended.getInteger("runner_id"));
        assertEquals("", ended.getString("runner_name"));
        assertEquals(0, read(RUNS, runs + "?status=queued").getInteger("total_count"));
        assertEquals(1, read(RUNS, runs + "?status=completed").getInteger("total_count"));
    }

    @Test
    void answersAboutTheServer() {
        read("/meta", "/meta");
        read("/orgs/{org}/actions/runner-groups", "/orgs/acme/actions/runner-groups");
        conforms("GET", "/rate_limit", "/rate_limit", "", 404);
        conforms("GET", "/organizations", "/organizations", "", 200);
        conforms("GET", "/orgs/{org}/repos", "/orgs/acme/repos?sort=pushed", "", 200);
    }

    @Test
    void pagesAreLinked() {
        simulator.createOrganization(
                "many", IntStream.range(0, 7).mapToObj(i -> "repo-" + i).toList());

        HttpResponse<String> middle = call("GET", "/orgs/many/repos?per_page=3&page=2", "");

        assertEquals(3, new JsonArray(middle.body()).size());
        String repos = simulator.url() + "/api/v3/orgs/many/repos?per_page=3&page=";
        assertEquals(
                "<%s1>; rel=\"prev\", <%s1>; rel=\"first\", <%s3>; rel=\"next\", <%s3>; rel=\"last\""
                        .formatted(repos, repos, repos, repos),
                middle.headers().firstValue("Link").orElseThrow());
    }
}
