package dev.jitney.ghes.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.ghes.AppKey;
import dev.jitney.ghes.GhesConnection;
import dev.jitney.ghes.GhesRefused;
import dev.jitney.ghes.HttpGhes;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client works as a GitHub App, which the simulator knows by its key. */
final class AppTest {
    private static final Map<String, String> PERMISSIONS =
            Map.of(
                    "organization_self_hosted_runners",
                    "write",
                    "actions",
                    "read",
                    "metadata",
                    "read");

    private static KeyPair keys;

    @TempDir private Path credentials;
    private GhesSimulator simulator;

    @BeforeAll
    static void generate() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
    }

    @BeforeEach
    void start() throws IOException {
        start(GhesSite.usual());
        Files.writeString(credentials.resolve("app-id"), "7\n");
        Files.writeString(credentials.resolve("private-key"), pem());
    }

    private void start(GhesSite site) {
        var app =
                new GhesSite.App(
                        7,
                        keys.getPublic(),
                        PERMISSIONS,
                        List.of("workflow_job"),
                        Set.of("stranger"),
                        Duration.ofHours(1));
        simulator =
                GhesSimulator.start(
                        GhesSimulatorConfig.of("token", "secret").withSite(site.withApp(app)));
        for (String login : List.of("acme", "Other", "stranger")) {
            simulator.createOrganization(login, List.of("shop"));
        }
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private static String pem() {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    private HttpGhes client() {
        return new HttpGhes(
                GhesConnection.open(
                        new GhesConnection.Access(simulator.url(), credentials, Optional.empty())));
    }

    private HttpResponse<String> call(String method, String path, String token, String body) {
        return FakeRunner.send(
                FakeRunner.request(simulator.url(), "/api/v3" + path)
                        .header("Authorization", "Bearer " + token)
                        .method(method, BodyPublishers.ofString(body)));
    }

    private Object conforms(String method, String path, String actual, String body, int status) {
        String token = new AppKey("7", pem()).jwt(Instant.now());
        HttpResponse<String> answer = call(method, actual, token, body);
        assertEquals(status, answer.statusCode(), answer.body());
        Object json = Json.decodeValue(answer.body());
        String lower = method.toLowerCase(Locale.ROOT);
        assertEquals("", Schemas.answerErrors(lower, path, status, json));
        return json;
    }

    @Test
    void answersAboutTheApp() {
        conforms("GET", "/app", "/app", "", 200);
        conforms("GET", "/app/installations", "/app/installations", "", 200);
        var installation =
                (JsonObject)
                        conforms(
                                "GET",
                                "/orgs/{org}/installation",
                                "/orgs/acme/installation",
                                "",
                                200);
        String tokens = "/app/installations/{installation_id}/access_tokens";
        String actual = tokens.replace("{installation_id}", "" + installation.getLong("id"));
        conforms("POST", tokens, actual, "", 201);
        conforms("POST", tokens, tokens.replace("{installation_id}", "1"), "", 404);
        conforms("GET", "/app/hook/config", "/app/hook/config", "", 200);
        var changed = new JsonObject().put("content_type", "json").put("secret", "s3");
        assertEquals("", Schemas.requestErrors("patch", "/app/hook/config", changed));
        var config =
                (JsonObject)
                        conforms(
                                "PATCH",
                                "/app/hook/config",
                                "/app/hook/config",
                                changed.encode(),
                                200);
        assertEquals("********", config.getString("secret"));
    }

    @Test
    void worksForEachOrganizationItIsInstalledIn() {
        try (HttpGhes ghes = client()) {
            assertEquals(1, ghes.defaultRunnerGroup("ACME"));
            assertEquals(List.of(), ghes.runners("other"));
            assertEquals("3.14.0", ghes.installedVersion());
            assertEquals(List.of("acme", "Other"), ghes.organizations());

            var failure = assertThrows(GhesRefused.class, () -> ghes.runners("stranger"));
            assertEquals(404, failure.status());
            assertTrue(
                    String.valueOf(failure.getMessage())
                            .contains("not installed in organization stranger"));
        }
    }

    @Test
    void asksForAnotherTokenWhenItsOwnIsRevoked() {
        try (HttpGhes ghes = client()) {
            assertEquals(List.of(), ghes.runners("acme"));

            simulator.revokeTokens();

            assertEquals(List.of(), ghes.runners("acme"));
        }
    }

    @Test
    void aTokenIsGoodForItsOwnOrganizationOnly() {
        var made =
                (JsonObject)
                        conforms(
                                "GET",
                                "/orgs/{org}/installation",
                                "/orgs/acme/installation",
                                "",
                                200);
        String tokens = "/app/installations/" + made.getLong("id") + "/access_tokens";
        var issued =
                (JsonObject)
                        conforms(
                                "POST",
                                "/app/installations/{installation_id}/access_tokens",
                                tokens,
                                "",
                                201);
        String token = issued.getString("token");

        assertEquals(200, call("GET", "/orgs/acme/actions/runners", token, "").statusCode());
        assertEquals(404, call("GET", "/orgs/other/actions/runners", token, "").statusCode());
        assertEquals(404, call("GET", "/admin/hooks", token, "").statusCode());
        assertEquals(401, call("GET", "/orgs/acme/actions/runners", "ghs_x", "").statusCode());
    }

    @Test
    void isNotBelievedWithAnotherKeyOrAnotherClock() {
        simulator.close();
        start(GhesSite.usual().withClockAhead(Duration.ofMinutes(-10)));
        try (HttpGhes ghes = client()) {
            var failure = assertThrows(GhesRefused.class, () -> ghes.runners("acme"));

            assertEquals(401, failure.status());
            assertTrue(String.valueOf(failure.getMessage()).contains("'Issued at' claim"));
        }
        String forged = new AppKey("8", pem()).jwt(Instant.now());
        assertEquals(401, call("GET", "/app", forged, "").statusCode());
        assertFalse(call("GET", "/app", forged, "").body().contains(forged));
    }
}
