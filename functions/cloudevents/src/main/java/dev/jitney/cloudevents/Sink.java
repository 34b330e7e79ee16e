package dev.jitney.cloudevents;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Posts events to the broker that a SinkBinding names ({@code K_SINK}), in binary mode. Safe for
 * use by several threads; never blocks.
 *
 * <p>A post that fails in a way that passes (no connection, 404, 408, 409, 429, 5xx) is repeated
 * shortly after while the deadline allows; the id is the same each time, so receivers recognise a
 * repetition.
 */
@Singleton
public final class Sink implements Post {
    private static final int POSTS_MAX = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final int CONNECTIONS_MAX = 64;

    private final Vertx vertx;
    private final HttpClient client;
    private final @Nullable SinkAddress address;
    private final Path token;

    @Inject
    Sink(
            Vertx vertx,
            ObjectMapper mapper,
            @ConfigProperty(name = "K_SINK") Optional<String> sink,
            @ConfigProperty(name = "K_CE_OVERRIDES") Optional<String> overrides,
            @ConfigProperty(name = "K_CA_CERTS") Optional<String> authorities,
            @ConfigProperty(name = "jitney.sink-token", defaultValue = "/oidc/token") Path token) {
        this.vertx = vertx;
        this.token = token;
        this.address =
                sink.map(text -> SinkAddress.parse(text, overrides.orElse(""), mapper))
                        .orElse(null);
        var options =
                new HttpClientOptions()
                        .setMaxPoolSize(CONNECTIONS_MAX)
                        .setKeepAliveTimeout(15)
                        .setConnectTimeout(2_000);
        authorities.ifPresent(
                pem ->
                        options.setTrustOptions(
                                new PemTrustOptions().addCertValue(Buffer.buffer(pem))));
        this.client = vertx.createHttpClient(options);
    }

    /** Tells whether {@code K_SINK} is set. */
    public boolean isConfigured() {
        return address != null;
    }

    @Override
    public Future<Void> post(OutgoingEvent event, Duration deadline) {
        SinkAddress sink = address;
        if (sink == null) {
            return Future.failedFuture(new TryAgain("K_SINK is not set: no SinkBinding yet"));
        }
        long deadlineNanos = System.nanoTime() + deadline.toNanos();
        return attempt(sink, event, deadlineNanos, 1);
    }

    private Future<Void> attempt(
            SinkAddress sink, OutgoingEvent event, long deadlineNanos, int posts) {
        long leftMillis = Math.max(1, millisUntil(deadlineNanos));
        return request(sink, event, leftMillis)
                .timeout(leftMillis, TimeUnit.MILLISECONDS)
                .transform(
                        answer -> {
                            if (answer.succeeded() && answer.result() / 100 == 2) {
                                return Future.succeededFuture();
                            }
                            long pause = FIRST_PAUSE.toMillis() << (2 * (posts - 1));
                            if (!mayPass(answer)
                                    || posts == POSTS_MAX
                                    || millisUntil(deadlineNanos) < 2 * pause) {
                                return Future.failedFuture(notTaken(answer));
                            }
                            return pause(pause)
                                    .compose(_ -> attempt(sink, event, deadlineNanos, posts + 1));
                        });
    }

    private Future<Integer> request(SinkAddress sink, OutgoingEvent event, long timeoutMillis) {
        var options =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setSsl(sink.isTls())
                        .setHost(sink.uri().getHost())
                        .setPort(sink.port())
                        .setURI(sink.path())
                        .setTimeout(timeoutMillis);
        return client.request(options).compose(request -> send(request, sink, event));
    }

    private Future<Integer> send(HttpClientRequest request, SinkAddress sink, OutgoingEvent event) {
        request.putHeader("ce-specversion", "1.0")
                .putHeader("ce-id", event.id())
                .putHeader("ce-source", event.source())
                .putHeader("ce-type", event.type())
                .putHeader("ce-time", event.time().toString())
                .putHeader("content-type", "application/json");
        String subject = event.subject();
        if (subject != null) {
            request.putHeader("ce-subject", subject);
        }
        authorize(request);
        event.extensions().forEach((name, value) -> request.putHeader("ce-" + name, value));
        sink.overrides().forEach((name, value) -> request.putHeader("ce-" + name, value));
        return request.send(event.data()).map(response -> response.statusCode());
    }

    /**
     * Shows the token that a SinkBinding mounts where the broker asks who sends. It is renewed
     * while we run; a few hundred bytes in memory may be read on the event loop.
     */
    private void authorize(HttpClientRequest request) {
        if (Files.exists(token)) {
            try {
                request.putHeader("authorization", "Bearer " + Files.readString(token).strip());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + token, e);
            }
        }
    }

    private static boolean mayPass(AsyncResult<Integer> answer) {
        return answer.failed() || new Refusal(Math.max(400, answer.result()), "").isRetried();
    }

    private static TryAgain notTaken(AsyncResult<Integer> answer) {
        if (answer.succeeded()) {
            return new TryAgain("the sink answered " + answer.result() + " to an event");
        }
        Throwable cause = answer.cause();
        return cause instanceof TimeoutException
                ? new TryAgain("the sink did not answer in time", cause)
                : new TryAgain(
                        "the sink cannot be reached: " + cause.getClass().getSimpleName(), cause);
    }

    private Future<Void> pause(long millis) {
        Promise<Void> promise = Promise.promise();
        vertx.setTimer(millis, _ -> promise.complete());
        return promise.future();
    }

    private static long millisUntil(long deadlineNanos) {
        return TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
    }

    @PreDestroy
    void close() {
        var _ = client.close();
    }
}
