package dev.jitney.ghes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HttpGhesTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final JitRequest REQUEST =
            JitRequest.of("code-linux-7", 1, List.of("code-linux"));

    private ScriptedServer server;
    private HttpGhes ghes;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer();
        ghes = client(Duration.ofSeconds(5));
    }

    @AfterEach
    void stop() {
        ghes.close();
        server.close();
    }

    private HttpGhes client(Duration deadline) {
        return new HttpGhes(
                server.url(), org -> "token-of-" + org, deadline, InstantSource.fixed(NOW));
    }

    @Test
    void asksForATokenOfTheOrganizationInLowerCase() {
        server.answers(404, Map.of(), "{}");
        server.answers(404, Map.of(), "{}");

        assertEquals(Optional.empty(), ghes.runner("AcMe", 3));
        assertEquals(Optional.empty(), ghes.job("AcMe/Shop", 4));

        assertEquals(
                List.of(
                        "GET /api/v3/orgs/AcMe/actions/runners/3 Bearer token-of-acme",
                        "GET /api/v3/repos/AcMe/Shop/actions/jobs/4 Bearer token-of-acme"),
                server.requests);
    }

    @Test
    void tooManyRequestsSayWhenToComeBack() {
        server.answers(429, Map.of("Retry-After", "17"), "{\"message\":\"slow down\"}");

        var failure = assertThrows(GhesUnavailable.class, () -> ghes.runners("acme"));

        assertEquals(Optional.of(Duration.ofSeconds(17)), failure.retryAfter());
        assertEquals("GET /orgs/acme/actions/runners: 429 slow down", failure.getMessage());
    }

    @Test
    void aForbiddenAnswerAboutTheRateLimitIsRetryable() {
        String reset = Long.toString(NOW.plusSeconds(90).getEpochSecond());
        server.answers(403, Map.of("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", reset), "{}");

        var failure = assertThrows(GhesUnavailable.class, () -> ghes.installedVersion());

        assertEquals(Optional.of(Duration.ofSeconds(90)), failure.retryAfter());
    }

    @Test
    void aForbiddenAnswerAboutRightsIsFinal() {
        server.answers(403, Map.of("X-RateLimit-Remaining", "4999"), "{\"message\":\"No\"}");

        var failure = assertThrows(GhesRefused.class, () -> ghes.installedVersion());

        assertEquals(403, failure.status());
    }

    @Test
    void aServerErrorIsRetryableEvenWithoutJson() {
        server.answers(502, Map.of(), "<html>Unicorn</html>");

        var failure = assertThrows(GhesUnavailable.class, () -> ghes.removeRunner("acme", 1));

        assertEquals("DELETE /orgs/acme/actions/runners/1: 502", failure.getMessage());
        assertEquals(Optional.empty(), failure.retryAfter());
    }

    @Test
    void givesUpAtTheDeadline() {
        try (HttpGhes hurried = client(Duration.ofMillis(200))) {
            assertThrows(GhesUnavailable.class, () -> hurried.generateJitConfig("acme", REQUEST));
        }
    }

    @Test
    void aRefusedConnectionIsRetryable() {
        server.close();

        assertThrows(GhesUnavailable.class, () -> ghes.installedVersion());
    }

    @Test
    void aTruncatedAnswerIsRetryableAndNotQuoted() {
        server.answers(201, Map.of(), "{\"runner\":{\"id\":1},\"encoded_jit_config\":\"c2Vj");

        var failure =
                assertThrows(GhesUnavailable.class, () -> ghes.generateJitConfig("acme", REQUEST));

        assertFalse(failure.toString().contains("c2Vj"));
        assertEquals(null, failure.getCause());
    }

    @Test
    void aJitRunnerHidesItsConfiguration() {
        String body =
                """
                {"runner":{"id":23,"name":"code-linux-7"},"encoded_jit_config":"c2VjcmV0"}
                """;
        server.answers(201, Map.of(), body);

        JitRunner runner = ghes.generateJitConfig("acme", REQUEST);

        assertEquals(new JitRunner(23, "code-linux-7", "c2VjcmV0"), runner);
        assertEquals("JitRunner[runnerId=23, name=code-linux-7]", runner.toString());
    }

    @Test
    void followsARenamedRepositoryOnTheSameServer() {
        server.answers(301, Map.of("Location", "/api/v3/repositories/5/actions/jobs/4"), "{}");
        server.answers(
                200,
                Map.of(),
                """
                {"id":4,"run_id":2,"name":"büild","status":"queued","conclusion":null,
                 "labels":["Code-Linux"],"runner_id":0,"runner_name":"",
                 "started_at":"2026-11-22T09:00:00Z"}
                """);

        WorkflowJob job = ghes.job("acme/old", 4).orElseThrow();

        assertEquals(JobStatus.QUEUED, job.status());
        assertTrue(job.runnerId().isEmpty());
        assertTrue(job.runnerName().isEmpty());
        assertEquals(Instant.parse("2026-11-22T09:00:00Z"), job.createdAt());
    }

    @Test
    void neverTakesTheTokenToAnotherServer() {
        server.answers(301, Map.of("Location", "http://127.0.0.1:1/api/v3/x"), "{}");

        var failure = assertThrows(GhesRefused.class, () -> ghes.job("acme/old", 4));

        assertEquals(301, failure.status());
    }

    @Test
    void namesCannotClimbOutOfThePath() {
        assertThrows(IllegalArgumentException.class, () -> ghes.runners(".."));
        assertThrows(IllegalArgumentException.class, () -> ghes.job("acme", 4));
        server.answers(404, Map.of(), "{}");

        assertEquals(Optional.empty(), ghes.runner("a/../b", 1));

        assertTrue(server.requests.getFirst().startsWith("GET /api/v3/orgs/a%2F..%2Fb/"));
    }

    @Test
    void remembersTheDefaultGroupUntilARequestIsRefused() {
        String groups =
                """
                {"total_count":2,"runner_groups":[{"id":2,"default":false},
                 {"id":7,"default":true}]}
                """;
        server.answers(200, Map.of(), groups);
        assertEquals(7, ghes.defaultRunnerGroup("acme"));
        assertEquals(7, ghes.defaultRunnerGroup("ACME"));
        assertEquals(1, server.requests.size());

        server.answers(422, Map.of(), "{}");
        assertThrows(GhesRefused.class, () -> ghes.generateJitConfig("acme", REQUEST));
        server.answers(200, Map.of(), groups);

        assertEquals(7, ghes.defaultRunnerGroup("acme"));
        assertEquals(3, server.requests.size());
    }

    @Test
    void findsAGroupByItsNameAndAsksAgainBeforeItIsRefused() {
        String groups =
                """
                {"total_count":2,"runner_groups":[{"id":2,"name":"GPU","default":false},
                 {"id":7,"name":"Default","default":true}]}
                """;
        server.answers(200, Map.of(), groups);
        assertEquals(2, ghes.runnerGroupNamed("acme", "gpu"));
        assertEquals(7, ghes.defaultRunnerGroup("acme"));
        assertEquals(1, server.requests.size());

        server.answers(200, Map.of(), groups);
        var refused = assertThrows(GhesRefused.class, () -> ghes.runnerGroupNamed("acme", "fpga"));

        assertEquals(404, refused.status());
        assertEquals("no runner group 'fpga'", refused.getMessage());
        assertEquals(2, server.requests.size());
    }
}
