package dev.jitney.standalone.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.ghes.GhesRefused;
import dev.jitney.ghes.GhesUnavailable;
import dev.jitney.ghes.Inspection;
import dev.jitney.ghes.Inspection.RateLimit;
import dev.jitney.ghes.Inspection.Server;
import dev.jitney.ghes.Installation;
import dev.jitney.ghes.TokenFacts;
import dev.jitney.standalone.hooks.HookScope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of facts, whatever they were read from. */
final class GhesJudgementTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final Map<String, String> ENOUGH =
            Map.of(
                    "organization_self_hosted_runners", "write",
                    "actions", "read",
                    "metadata", "read");

    private static String levels(List<Finding> findings) {
        return String.join(" ", findings.stream().map(each -> each.level().name()).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "3.14.2, 0, OK OK OK",
        "3.17.0, -9, OK OK OK",
        "3.13.1, 0, OK WARN OK",
        "3.10.0, 0, OK WARN OK",
        "3.9.4, 0, OK FAIL OK",
        "2.22.1, 0, OK FAIL OK",
        "4.0.0, 0, OK FAIL OK",
        "'', 0, OK FAIL OK",
        "3.14.0, 10, OK OK WARN",
        "3.14.0, -59, OK OK WARN",
        "3.14.0, 60, OK OK FAIL",
        "3.14.0, -3600, OK OK FAIL",
    })
    void ofVersionAndClock(String version, long ahead, String expected) {
        var server = new Server(version, Optional.of(Duration.ofSeconds(ahead)));

        assertEquals(expected, levels(GhesServerCheck.judge(server)));
    }

    @Test
    void ofAServerThatCannotBeReached() {
        var untrusted = new GhesUnavailable("GET /meta", new SSLHandshakeException("PKIX"));
        assertTrue(GhesServerCheck.unreachable(untrusted).todo().contains("ghes-ca"));
        var silent = new GhesUnavailable("GET /meta: no answer", Optional.empty());
        assertTrue(GhesServerCheck.unreachable(silent).todo().contains("DNS"));
        var stranger = new GhesRefused("GET /meta: 401 Bad credentials", 401);
        assertTrue(GhesServerCheck.unreachable(stranger).todo().contains("ghes-credentials"));
        var early = new GhesRefused("GET /app/installations: 401 'Issued at' claim ('iat')", 401);
        assertTrue(GhesServerCheck.unreachable(early).todo().contains("NTP"));
    }

    @ParameterizedTest
    @CsvSource({
        "admin:org repo, 30, GLOBAL, OK OK OK",
        "repo, 30, GLOBAL, FAIL OK OK",
        "admin:org, 30, GLOBAL, OK FAIL OK",
        "admin:org repo, 30, ORGANIZATION, OK OK FAIL OK",
        "admin:org repo admin:org_hook, 30, ORGANIZATION, OK OK OK OK",
        "admin:org repo, 14, GLOBAL, OK OK OK",
        "admin:org repo, 13, GLOBAL, OK OK WARN",
        "admin:org repo, 0, GLOBAL, OK OK WARN",
    })
    void ofAToken(String scopes, int days, HookScope hooks, String expected) {
        var token =
                new TokenFacts(
                        Optional.of(List.of(scopes.split(" ", -1))),
                        Optional.of(NOW.plus(Duration.ofDays(days))));

        assertEquals(expected, levels(GhesCredentialsCheck.ofToken(token, NOW, hooks)));
    }

    @Test
    void ofATokenTheServerSaysNothingAbout() {
        assertEquals(
                "WARN OK",
                levels(GhesCredentialsCheck.ofToken(TokenFacts.UNKNOWN, NOW, HookScope.GLOBAL)));
    }

    private static Inspection.App app(Installation... installations) {
        return new Inspection.App(new TreeMap<>(ENOUGH), List.of(), List.of(installations));
    }

    private static Installation in(String account, boolean suspended, Map<String, String> may) {
        return new Installation(1, account, true, suspended, new TreeMap<>(may));
    }

    @Test
    void ofAnAppsPermissions() {
        assertEquals("OK OK OK OK", levels(GhesCredentialsCheck.ofApp(app(), HookScope.GLOBAL)));
        assertEquals(
                "OK OK OK FAIL OK",
                levels(GhesCredentialsCheck.ofApp(app(), HookScope.ORGANIZATION)));
        assertEquals("OK OK OK FAIL OK", levels(GhesCredentialsCheck.ofApp(app(), HookScope.APP)));
        var less =
                new Inspection.App(
                        new TreeMap<>(Map.of("organization_self_hosted_runners", "read")),
                        List.of(),
                        List.of());
        assertEquals(
                "FAIL FAIL FAIL OK", levels(GhesCredentialsCheck.ofApp(less, HookScope.GLOBAL)));
    }

    @Test
    void ofWhereAnAppIsInstalled() {
        List<String> all = List.of("Acme", "other");
        Installation acme = in("acme", false, ENOUGH);

        assertEquals("FAIL", levels(GhesOrganizationsCheck.installed(all, app())));
        assertEquals("WARN", levels(GhesOrganizationsCheck.installed(all, app(acme))));
        assertEquals(
                "WARN",
                levels(
                        GhesOrganizationsCheck.installed(
                                all, app(acme, in("other", true, ENOUGH)))));
        assertEquals(
                "OK",
                levels(
                        GhesOrganizationsCheck.installed(
                                all, app(acme, in("OTHER", false, ENOUGH)))));
        List<Finding> behind =
                GhesOrganizationsCheck.installed(all, app(acme, in("other", false, Map.of())));
        assertEquals("OK WARN", levels(behind));
        assertTrue(behind.getLast().what().endsWith("not accepted in other"));
    }

    @Test
    void ofTheRateLimit() {
        assertEquals(Finding.Level.OK, GhesRateLimitCheck.judge(Optional.empty()).level());
        assertEquals(
                Finding.Level.WARN,
                GhesRateLimitCheck.judge(Optional.of(new RateLimit(5_000, 4_000))).level());
        assertEquals(
                Finding.Level.OK,
                GhesRateLimitCheck.judge(Optional.of(new RateLimit(24_000, 1))).level());
    }
}
