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
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Exchanges over HTTP/1.1, each within one deadline from connecting to the last byte. */
final class Wire implements AutoCloseable {
    private static final long BODY_BYTES_MAX = 16L * 1024 * 1024;

    private static final String HINT =
            "; if a private authority signed the server's certificate, give the authority's"
                    + " certificate: JITNEY_GHES_CA_FILE, or --ghes-ca-file";

    private final URI root;
    private final Trust trust;
    private final Duration deadline;
    private @Nullable HttpClient client;
    private Optional<SSLContext> trusted = Optional.empty();

    Wire(URI server, Trust trust, Duration deadline) {
        String base = server.toString();
        this.root = URI.create((base.endsWith("/") ? base : base + "/") + "api/v3");
        this.trust = trust;
        this.deadline = deadline;
    }

    /** The root of the API. */
    URI root() {
        return root;
    }

    Answer exchange(Call call, String token) {
        return exchange(call, URI.create(root + call.path()), token);
    }

    /**
     * Sends a call and reads the answer, whatever its status.
     *
     * @param target where to; on the server of this wire
     * @throws GhesUnavailable if there is no complete answer before the deadline
     */
    Answer exchange(Call call, URI target, String token) {
        // The timeout of a request ends with its headers; waiting on the future covers the body.
        CompletableFuture<HttpResponse<String>> response =
                client().sendAsync(
                                request(call, target, token),
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

    private static HttpRequest request(Call call, URI target, String token) {
        return HttpRequest.newBuilder(target)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/vnd.github+json")
                .header("X-GitHub-Api-Version", "2022-11-28")
                .header("User-Agent", "jitney")
                .method(
                        call.method(),
                        call.body().map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody))
                .build();
    }

    private static RuntimeException broken(Call call, @Nullable Throwable cause) {
        if (cause instanceof SSLException tls) {
            return new GhesUnavailable(call.describe() + ": " + tls.getMessage() + HINT, tls);
        }
        if (cause instanceof IOException) {
            return new GhesUnavailable(
                    call.describe() + ": " + cause.getClass().getSimpleName(), cause);
        }
        return new IllegalStateException(call.describe() + " could not be sent", cause);
    }

    /**
     * Made by the first call, so that constructing costs nothing at a cold start, and made anew
     * when other certificates are to be trusted.
     */
    private synchronized HttpClient client() {
        Optional<SSLContext> now = trust.context();
        HttpClient made = client;
        if (made == null || !now.equals(trusted)) {
            if (made != null) made.shutdown();
            made = made(now);
            client = made;
            trusted = now;
        }
        return made;
    }

    private HttpClient made(Optional<SSLContext> context) {
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(deadline);
        context.ifPresent(builder::sslContext);
        return builder.build();
    }

    @Override
    public synchronized void close() {
        HttpClient made = client;
        if (made != null) made.shutdownNow();
    }
}
