package dev.jitney.ghes;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Sends calls over HTTP/1.1, each within one deadline from connecting to the last byte. */
final class Transport implements AutoCloseable {

    private static final long BODY_BYTES_MAX = 16L * 1024 * 1024;
    private static final int REDIRECTS_MAX = 2;

    private final URI root;
    private final TokenSource tokens;
    private final Duration deadline;
    private @Nullable HttpClient client;

    Transport(URI server, TokenSource tokens, Duration deadline) {
        String base = server.toString();
        this.root = URI.create((base.endsWith("/") ? base : base + "/") + "api/v3");
        this.tokens = tokens;
        this.deadline = deadline;
    }

    /**
     * Sends a call and reads the answer, whatever its status.
     *
     * @throws GhesUnavailable if there is no complete answer before the deadline
     */
    Answer send(Call call) {
        URI target = URI.create(root + call.path());
        Answer answer = exchange(call, target);
        for (int i = 0; i < REDIRECTS_MAX; i++) {
            Optional<URI> moved = moved(call, target, answer);
            if (moved.isEmpty()) return answer;
            target = moved.get();
            answer = exchange(call, target);
        }
        return answer;
    }

    /**
     * GitHub redirects reads about a repository that was renamed. Followed only on the same server:
     * the token must not leave it.
     */
    private Optional<URI> moved(Call call, URI target, Answer answer) {
        boolean isRedirect =
                answer.status() == 301 || answer.status() == 302 || answer.status() == 307;
        if (!isRedirect || !call.method().equals("GET")) return Optional.empty();
        try {
            return answer.headers()
                    .firstValue("Location")
                    .map(target::resolve)
                    .filter(to -> root.getScheme().equals(to.getScheme()))
                    .filter(to -> root.getAuthority().equals(to.getAuthority()));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private Answer exchange(Call call, URI target) {
        HttpRequest request =
                HttpRequest.newBuilder(target)
                        .header("Authorization", "Bearer " + token(call))
                        .header("Accept", "application/vnd.github+json")
                        .header("X-GitHub-Api-Version", "2022-11-28")
                        .header("User-Agent", "jitney")
                        .method(
                                call.method(),
                                call.body()
                                        .map(BodyPublishers::ofString)
                                        .orElseGet(BodyPublishers::noBody))
                        .build();
        // The timeout of a request ends with its headers; waiting on the future covers the body.
        CompletableFuture<HttpResponse<String>> response =
                client().sendAsync(
                                request,
                                BodyHandlers.limiting(BodyHandlers.ofString(), BODY_BYTES_MAX));
        try {
            HttpResponse<String> done = response.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(call, done.statusCode(), done.headers(), done.body());
        } catch (TimeoutException _) {
            response.cancel(true);
            throw new GhesUnavailable(
                    call.describe() + ": no answer within " + deadline, Optional.empty());
        } catch (InterruptedException interrupted) {
            response.cancel(true);
            Thread.currentThread().interrupt();
            throw new GhesUnavailable(call.describe() + ": interrupted", interrupted);
        } catch (ExecutionException failed) {
            throw broken(call, failed.getCause());
        }
    }

    private String token(Call call) {
        return call.path().startsWith("/app/")
                ? tokens.appToken()
                : tokens.token(call.organization());
    }

    private static RuntimeException broken(Call call, @Nullable Throwable cause) {
        if (cause instanceof IOException) {
            return new GhesUnavailable(
                    call.describe() + ": " + cause.getClass().getSimpleName(), cause);
        }
        return new IllegalStateException(call.describe() + " could not be sent", cause);
    }

    /** Made by the first call, so that constructing costs nothing at a cold start. */
    private synchronized HttpClient client() {
        HttpClient made = client;
        if (made == null) {
            made =
                    HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .followRedirects(HttpClient.Redirect.NEVER)
                            .connectTimeout(deadline)
                            .build();
            client = made;
        }
        return made;
    }

    @Override
    public synchronized void close() {
        HttpClient made = client;
        if (made != null) made.shutdownNow();
    }
}
