package dev.jitney.ghes;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * The tokens of a GitHub App: one for each organization it is installed in, good for an hour.
 *
 * <p>A token is asked for when it is needed, by one caller while the others wait for it, kept, and
 * renewed some minutes before it ends; if that fails the old one serves until it ends. The tokens
 * of the {@value #ORGANIZATIONS_KEPT} organizations used last are kept, and no others.
 *
 * @see <a
 *     href="https://docs.github.com/enterprise-server/rest/apps/apps#create-an-installation-access-token-for-an-app">REST:
 *     installation access tokens</a>
 */
final class AppTokens implements TokenSource {
    static final int ORGANIZATIONS_KEPT = 1_000;

    /** A token is renewed when it has less than this left. */
    static final Duration RENEW_BEFORE = Duration.ofMinutes(5);

    /** A token with less than this left may end before the call it is for. */
    private static final Duration TOO_LATE = Duration.ofSeconds(30);

    private final Function<Call, Answer> calls;
    private final AppKey key;
    private final InstantSource clock;
    private final ConcurrentMap<String, CompletableFuture<Kept>> underWay =
            new ConcurrentHashMap<>();

    /** Guarded by itself. */
    private final Map<String, Kept> kept =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
                    return size() > ORGANIZATIONS_KEPT;
                }
            };

    /** A token and when it ends. */
    private record Kept(String token, Instant ends) {
        boolean lasts(Instant now, Duration longer) {
            return now.plus(longer).isBefore(ends);
        }

        /** Leaves the token out. */
        @Override
        public String toString() {
            return "Kept[ends=" + ends + "]";
        }
    }

    /**
     * @param calls sends a call as the App
     */
    AppTokens(Function<Call, Answer> calls, AppKey key, InstantSource clock) {
        this.calls = calls;
        this.key = key;
        this.clock = clock;
    }

    @Override
    public boolean isApp() {
        return true;
    }

    @Override
    public String appToken() {
        return key.jwt(clock.instant());
    }

    /**
     * {@inheritDoc}
     *
     * <p>For the server as a whole any installation will do.
     *
     * @throws GhesRefused if the App is not installed in the organization, or is suspended there
     */
    @Override
    public String token(String organization) {
        String login = organization.toLowerCase(Locale.ROOT);
        Optional<Kept> last = last(login);
        if (last.filter(each -> each.lasts(clock.instant(), RENEW_BEFORE)).isPresent()) {
            return last.get().token();
        }
        try {
            return renewed(login).token();
        } catch (GhesUnavailable unavailable) {
            return last.filter(each -> each.lasts(clock.instant(), TOO_LATE))
                    .map(Kept::token)
                    .orElseThrow(() -> unavailable);
        }
    }

    @Override
    public boolean refused(String organization, String token) {
        String login = organization.toLowerCase(Locale.ROOT);
        synchronized (kept) {
            Kept last = kept.get(login);
            if (last == null) return false;
            if (last.token().equals(token)) kept.remove(login);
            return true;
        }
    }

    private Optional<Kept> last(String login) {
        synchronized (kept) {
            return Optional.ofNullable(kept.get(login));
        }
    }

    private Kept renewed(String login) {
        var own = new CompletableFuture<Kept>();
        CompletableFuture<Kept> other = underWay.putIfAbsent(login, own);
        if (other != null) return result(other);
        try {
            // Another one may have ended between the look at what is kept and this.
            Kept made =
                    last(login)
                            .filter(each -> each.lasts(clock.instant(), RENEW_BEFORE))
                            .orElseGet(() -> asked(login));
            synchronized (kept) {
                kept.put(login, made);
            }
            own.complete(made);
            return made;
        } catch (RuntimeException failed) {
            own.completeExceptionally(failed);
            throw failed;
        } finally {
            underWay.remove(login, own);
        }
    }

    private static Kept result(CompletableFuture<Kept> other) {
        try {
            return other.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) throw cause;
            throw failed;
        }
    }

    private Kept asked(String login) {
        Installation installation = login.isEmpty() ? any() : of(login);
        String path = "/app/installations/" + installation.id() + "/access_tokens";
        JsonNode made = calls.apply(Call.post("", path, "").asApp()).json(clock.instant());
        return new Kept(
                Json.required(made, "token"),
                Json.instant(made, "expires_at").orElseThrow(() -> Json.missing("expires_at")));
    }

    private Installation of(String login) {
        Answer answer = calls.apply(Call.get("", Call.org(login) + "/installation").asApp());
        if (answer.status() == 404) {
            throw new GhesRefused(
                    "the GitHub App is not installed in organization "
                            + login
                            + "; an owner installs it from the App's page (Install App), with the"
                            + " permissions in docs/ghes.md",
                    404);
        }
        Installation found = Json.installation(answer.json(clock.instant()));
        if (found.isSuspended()) {
            throw new GhesRefused(
                    "the GitHub App is suspended in organization "
                            + login
                            + "; an owner unsuspends it under Settings, GitHub Apps",
                    403);
        }
        return found;
    }

    private Installation any() {
        JsonNode page =
                calls.apply(Call.get("", "/app/installations?per_page=100").asApp())
                        .json(clock.instant());
        return Json.list(page, Json::installation).stream()
                .filter(Installation::serves)
                .findFirst()
                .orElseThrow(
                        () ->
                                new GhesRefused(
                                        "the GitHub App is installed in no organization; an owner"
                                                + " installs it from the App's page (Install App)",
                                        404));
    }
}
