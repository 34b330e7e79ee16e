package dev.jitney.ghes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A GitHub App asks a server that hands out {@code token-1}, {@code token-2} and so on. */
final class AppTokensTest {
    private static final Instant START = Instant.parse("2026-11-23T09:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final List<String> calls = new ArrayList<>();
    private final AtomicInteger tokens = new AtomicInteger();
    private final Set<String> unknown = new HashSet<>();
    private boolean suspended;
    private int failure;
    private volatile Runnable beforeAnswer = () -> {};
    private AppTokens app;

    @BeforeEach
    void install() {
        app = new AppTokens(this::answer, TestKeys.app("7"), now::get);
    }

    private Answer answer(Call call) {
        assertTrue(call.byApp());
        synchronized (calls) {
            calls.add(call.describe());
        }
        beforeAnswer.run();
        if (failure != 0) return answer(call, failure, "{}");
        if (call.path().endsWith("/access_tokens")) {
            String token =
                    "{\"token\":\"token-%d\",\"expires_at\":\"%s\"}"
                            .formatted(tokens.incrementAndGet(), now.get().plusSeconds(3600));
            return answer(call, 201, token);
        }
        String body =
                "{\"id\":5,\"account\":{\"login\":\"acme\",\"type\":\"Organization\"},"
                        + "\"suspended_at\":"
                        + (suspended ? "\"2026-01-01T00:00:00Z\"" : "null")
                        + ",\"permissions\":{}}";
        if (call.path().startsWith("/app/installations?")) {
            return answer(call, 200, unknown.contains("") ? "[]" : "[" + body + "]");
        }
        String login = call.path().split("/", -1)[2];
        return unknown.contains(login) ? answer(call, 404, "{}") : answer(call, 200, body);
    }

    private static Answer answer(Call call, int status, String body) {
        return new Answer(call, status, HttpHeaders.of(Map.of(), (_, _) -> true), body);
    }

    private void passes(Duration time) {
        now.updateAndGet(at -> at.plus(time));
    }

    @Test
    void keepsATokenPerOrganization_inWhateverCase() {
        assertEquals("token-1", app.token("acme"));
        assertEquals("token-1", app.token("ACME"));
        assertEquals("token-2", app.token("other"));

        assertEquals(
                List.of(
                        "GET /orgs/acme/installation",
                        "POST /app/installations/5/access_tokens",
                        "GET /orgs/other/installation",
                        "POST /app/installations/5/access_tokens"),
                calls);
    }

    @Test
    void renewsSomeMinutesBeforeTheEnd() {
        assertEquals("token-1", app.token("acme"));
        passes(Duration.ofMinutes(54));
        assertEquals("token-1", app.token("acme"));
        passes(Duration.ofMinutes(2));

        assertEquals("token-2", app.token("acme"));
    }

    @Test
    void servesWithTheOldTokenWhileANewOneCannotBeHad_butNotBeyondItsEnd() {
        assertEquals("token-1", app.token("acme"));
        failure = 503;
        passes(Duration.ofMinutes(58));
        assertEquals("token-1", app.token("acme"));

        passes(Duration.ofMinutes(2));
        assertThrows(GhesUnavailable.class, () -> app.token("acme"));

        failure = 0;
        assertEquals("token-2", app.token("acme"));
    }

    @Test
    void oneAsksWhileTheOthersWait() {
        var arrived = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        beforeAnswer =
                () -> {
                    arrived.countDown();
                    await(go);
                };
        List<CompletableFuture<String>> callers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                callers.add(CompletableFuture.supplyAsync(() -> app.token("acme"), threads));
            }
            await(arrived);
            // Another organization is not held up: this answers although acme has no answer yet.
            beforeAnswer = () -> {};
            assertEquals("token-1", app.token("other"));
            go.countDown();
        }

        assertEquals(
                Set.of("token-2"), Set.copyOf(callers.stream().map(each -> each.join()).toList()));
        assertEquals(2, tokens.get());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aFailureIsSharedByThoseWhoWait_andForgotten() {
        failure = 503;
        assertThrows(GhesUnavailable.class, () -> app.token("acme"));
        failure = 0;

        assertEquals("token-1", app.token("acme"));
    }

    @Test
    void dropsATokenThatWasRefused_andNoNewerOne() {
        assertEquals("token-1", app.token("acme"));

        assertTrue(app.refused("Acme", "token-1"));
        assertEquals("token-2", app.token("acme"));

        assertTrue(app.refused("acme", "token-1"));
        assertEquals("token-2", app.token("acme"));
        assertFalse(app.refused("", app.appToken()));
    }

    @Test
    void saysWhatToDoWhereItIsNotInstalled() {
        unknown.add("acme");
        unknown.add("");

        var failure = assertThrows(GhesRefused.class, () -> app.token("acme"));
        assertEquals(404, failure.status());
        assertTrue(
                String.valueOf(failure.getMessage())
                        .startsWith(
                                "the GitHub App is not installed in organization acme; an owner"));
        var nowhere = assertThrows(GhesRefused.class, () -> app.token(""));
        assertTrue(String.valueOf(nowhere.getMessage()).contains("installed in no organization"));
    }

    @Test
    void saysWhatToDoWhereItIsSuspended() {
        suspended = true;

        var failure = assertThrows(GhesRefused.class, () -> app.token("acme"));

        assertEquals(403, failure.status());
        assertEquals(1, calls.size());
    }

    @Test
    void anyInstallationServesForTheServerAsAWhole() {
        assertEquals("token-1", app.token(""));

        assertEquals("GET /app/installations", calls.getFirst());
    }

    @Test
    void keepsNoMoreThanAThousand() {
        for (int i = 0; i <= AppTokens.ORGANIZATIONS_KEPT; i++) {
            var _ = app.token("org-" + i);
        }
        calls.clear();

        var _ = app.token("org-" + AppTokens.ORGANIZATIONS_KEPT);
        var _ = app.token("org-1");
        assertEquals(List.of(), calls);
        var _ = app.token("org-0");
        assertEquals(2, calls.size());
    }

    @Test
    void namesNoTokenInItsFailures() {
        assertEquals("token-1", app.token("acme"));
        passes(Duration.ofHours(2));
        failure = 500;

        var failed = assertThrows(GhesUnavailable.class, () -> app.token("acme"));

        assertFalse(Optional.ofNullable(failed.getMessage()).orElse("").contains("token-1"));
    }
}
