package dev.jitney.ghes.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hooks are made, changed and pinged; requests and answers have the shape that is described. */
final class HookRoutesTest {
    private static final String SECRET = "c2VjcmV0";

    private WebhookReceiver receiver;
    private GhesSimulator simulator;

    @BeforeEach
    void start() throws IOException {
        receiver = new WebhookReceiver();
        simulator = start(HookKind.GLOBAL, GhesSite.usual());
    }

    @AfterEach
    void stop() {
        simulator.close();
        receiver.close();
    }

    /** Without any hook. */
    private static GhesSimulator start(HookKind kind, GhesSite site) {
        GhesSimulator made =
                GhesSimulator.start(
                        GhesSimulatorConfig.of("token", "secret").withHook(kind).withSite(site));
        made.createOrganization("acme", List.of("shop"));
        return made;
    }

    private HttpResponse<String> call(String method, String path, String body) {
        return FakeRunner.send(
                FakeRunner.request(simulator.url(), "/api/v3" + path)
                        .header("Authorization", "Bearer token")
                        .method(method, BodyPublishers.ofString(body)));
    }

    private Object conforms(String method, String path, String actual, String body, int status) {
        String lower = method.toLowerCase(Locale.ROOT);
        if (!body.isEmpty()) {
            assertEquals("", Schemas.requestErrors(lower, path, new JsonObject(body)));
        }
        HttpResponse<String> answer = call(method, actual, body);
        assertEquals(status, answer.statusCode(), answer.body());
        assertFalse(answer.body().contains(SECRET), answer.body());
        if (answer.body().isEmpty()) return new JsonObject();
        Object json = Json.decodeValue(answer.body());
        assertEquals("", Schemas.answerErrors(lower, path, status, json));
        return json;
    }

    private JsonObject hook(String... events) {
        return new JsonObject()
                .put("name", "web")
                .put("active", true)
                .put("events", new JsonArray(List.of(events)))
                .put(
                        "config",
                        new JsonObject()
                                .put("url", receiver.url().toString())
                                .put("content_type", "json")
                                .put("insecure_ssl", "0")
                                .put("secret", SECRET));
    }

    @ParameterizedTest
    @CsvSource({
        "/admin/hooks, /admin/hooks, GLOBAL",
        "/orgs/{org}/hooks, /orgs/acme/hooks, ORGANIZATION"
    })
    void aHookIsMadeAndPingedAndTellsOfJobs(String path, String actual, HookKind kind) {
        simulator.close();
        simulator = start(kind, GhesSite.usual());
        assertEquals(new JsonArray(), conforms("GET", path, actual, "", 200));

        String made = hook("workflow_job").encode();
        var hook = (JsonObject) conforms("POST", path, actual, made, 201);
        String one = actual + "/" + hook.getLong("id");
        assertEquals("********", hook.getJsonObject("config").getString("secret"));
        assertEquals(hook, conforms("GET", path + "/{hook_id}", one, "", 200));
        assertEquals(JsonArray.of(hook), conforms("GET", path, actual, "", 200));

        assertEquals(204, call("POST", one + "/pings", "").statusCode());
        Await.until("pinged", () -> receiver.received.size() == 1);
        assertEquals("ping", receiver.received.getFirst().headers().getFirst("X-GitHub-Event"));
        simulator.queueJob("acme", "shop", List.of("code-linux"), Duration.ofHours(1));
        Await.until("told", () -> receiver.received.size() == 2);
        assertEquals(
                "workflow_job", receiver.received.getLast().headers().getFirst("X-GitHub-Event"));
    }

    @Test
    void aChangedHookSignsWithTheNewSecretFromTheNextDeliveryOn() {
        var made =
                (JsonObject)
                        Json.decodeValue(
                                call("POST", "/admin/hooks", hook("workflow_job").encode()).body());
        String one = "/admin/hooks/" + made.getLong("id");
        call("POST", one + "/pings", "");
        Await.until("pinged", () -> receiver.received.size() == 1);

        JsonObject next = hook("workflow_job");
        next.getJsonObject("config").put("secret", "other");
        next.remove("name");
        conforms("PATCH", "/admin/hooks/{hook_id}", one, next.encode(), 200);
        call("POST", one + "/pings", "");
        Await.until("pinged", () -> receiver.received.size() == 2);

        WebhookReceiver.Received last = receiver.received.getLast();
        assertEquals(
                Signature.sha256("other", last.raw().getBytes(UTF_8)),
                last.headers().getFirst("X-Hub-Signature-256"));
    }

    @Test
    void aChangeOfAGlobalHookForgetsWhatItDoesNotSay() {
        var made =
                (JsonObject)
                        Json.decodeValue(
                                call("POST", "/admin/hooks", hook("workflow_job").encode()).body());
        var config = new JsonObject().put("url", "http://127.0.0.1:1/");

        var next =
                (JsonObject)
                        conforms(
                                "PATCH",
                                "/admin/hooks/{hook_id}",
                                "/admin/hooks/" + made.getLong("id"),
                                new JsonObject().put("config", config).encode(),
                                200);

        assertEquals(JsonArray.of("user", "organization"), next.getJsonArray("events"));
        assertEquals("form", next.getJsonObject("config").getString("content_type"));
        assertFalse(next.getJsonObject("config").containsKey("secret"));
    }

    @Test
    void globalHooksAreForSiteAdministrators_andMayRefuseJobs() {
        simulator.close();
        simulator = start(HookKind.GLOBAL, GhesSite.usual().withGlobalHooks(false, true));
        assertEquals(404, call("GET", "/admin/hooks", "").statusCode());
        simulator.close();
        simulator = start(HookKind.GLOBAL, GhesSite.usual().withGlobalHooks(true, false));

        String made = hook("workflow_job").encode();
        assertEquals(422, call("POST", "/admin/hooks", made).statusCode());
        assertEquals(201, call("POST", "/admin/hooks", hook("user").encode()).statusCode());
    }

    @Test
    void aHookNeedsAnAddress_andOneOfAnotherOwnerIsNotFound() {
        JsonObject nowhere = hook("workflow_job");
        nowhere.getJsonObject("config").put("url", "");

        HttpResponse<String> refused = call("POST", "/orgs/acme/hooks", nowhere.encode());
        assertEquals(422, refused.statusCode());
        Object problem = Json.decodeValue(refused.body());
        assertEquals("", Schemas.answerErrors("post", "/orgs/{org}/hooks", 422, problem));
        conforms("POST", "/orgs/{org}/hooks", "/orgs/nobody/hooks", hook("push").encode(), 404);
        conforms("PATCH", "/orgs/{org}/hooks/{hook_id}", "/orgs/acme/hooks/77", "{}", 404);
        assertEquals(400, call("POST", "/orgs/acme/hooks", "{").statusCode());
    }

    @Test
    void theTokenIsDescribedInTheHeaders() {
        simulator.close();
        simulator =
                start(
                        HookKind.GLOBAL,
                        GhesSite.usual()
                                .withScopes("repo", "admin:org")
                                .withTokenExpires(Instant.parse("2026-12-01T10:00:00Z")));

        HttpResponse<String> answer = call("GET", "/meta", "");

        assertEquals("repo, admin:org", answer.headers().firstValue("X-OAuth-Scopes").orElse(""));
        assertEquals(
                "2026-12-01 10:00:00 UTC",
                answer.headers().firstValue("GitHub-Authentication-Token-Expiration").orElse(""));
        assertTrue(answer.headers().firstValue("Date").isPresent());
    }
}
