package dev.jitney.standalone.system;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionException;

/**
 * The address that GHES knows, in front of the gateway; it outlives the platform as the ingress of
 * a cluster outlives its pods.
 *
 * <p>What a death cuts off (no connection, no answer, 502, 503, 504) it sends again until there is
 * another answer, for as long as GHES waits. That is what the retries of a production ingress do,
 * and harmless: a delivery is known by its id. GHES itself never sends a delivery again.
 */
final class Front implements AutoCloseable {
    /** A little more than the 25 MB that GitHub sends at most. */
    private static final int BODY_BYTES_MAX = 26 << 20;

    /** Less than the 30 seconds that GHES waits for. */
    private static final Duration RETRY_FOR = Duration.ofSeconds(25);

    private static final long PAUSE_MILLIS = 50;

    private static final Set<String> NOT_PASSED_ON =
            Set.of("connection", "keep-alive", "transfer-encoding", "te", "upgrade", "expect");

    private final Vertx vertx;
    private final HttpClient client;
    private final HttpServer server;
    private final int gatewayPort;

    private Front(Vertx vertx, int port, int gatewayPort) {
        this.vertx = vertx;
        this.gatewayPort = gatewayPort;
        this.client =
                vertx.createHttpClient(
                        new HttpClientOptions().setMaxPoolSize(256).setConnectTimeout(1000));
        this.server =
                vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(port))
                        .requestHandler(this::receive);
    }

    /**
     * Listens on the loopback address.
     *
     * @param port 0 takes a free one
     * @throws StartFailed if the port is taken
     */
    static Front start(int port, int gatewayPort) {
        Vertx vertx =
                Vertx.vertx(
                        new VertxOptions()
                                .setEventLoopPoolSize(1)
                                .setWorkerPoolSize(1)
                                .setFileSystemOptions(
                                        new FileSystemOptions()
                                                .setFileCachingEnabled(false)
                                                .setClassPathResolvingEnabled(false)));
        Front front = new Front(vertx, port, gatewayPort);
        try {
            front.server.listen().toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            front.close();
            throw new StartFailed(
                    "port " + port + " is in use; choose another one with --port, or 0", e);
        }
        return front;
    }

    int port() {
        return server.actualPort();
    }

    private void receive(HttpServerRequest request) {
        Buffer body = Buffer.buffer();
        request.handler(
                part -> {
                    if (body.length() + part.length() <= BODY_BYTES_MAX) {
                        body.appendBuffer(part);
                    } else if (!request.response().ended()) {
                        request.response().putHeader("Connection", "close");
                        Future<Void> _ = request.response().setStatusCode(413).end();
                    }
                });
        request.endHandler(
                _ -> {
                    if (!request.response().ended()) {
                        long deadline = System.nanoTime() + RETRY_FOR.toNanos();
                        attempt(request, body, deadline);
                    }
                });
    }

    private void attempt(HttpServerRequest request, Buffer body, long deadline) {
        RequestOptions target =
                new RequestOptions()
                        .setMethod(request.method())
                        .setHost("127.0.0.1")
                        .setPort(gatewayPort)
                        .setURI(request.uri())
                        .setTimeout(RETRY_FOR.toMillis());
        request.headers()
                .forEach(
                        header -> {
                            if (isPassedOn(header.getKey())) {
                                target.addHeader(header.getKey(), header.getValue());
                            }
                        });
        client.request(target)
                .compose(outgoing -> outgoing.send(body))
                .compose(answer -> answer.body().map(content -> new Answer(answer, content)))
                .onComplete(
                        result -> {
                            boolean again = result.failed() || result.result().isCutOff();
                            if (again && System.nanoTime() < deadline && !isGone(request)) {
                                vertx.setTimer(PAUSE_MILLIS, _ -> attempt(request, body, deadline));
                            } else if (result.failed()) {
                                Future<Void> _ = request.response().setStatusCode(503).end();
                            } else {
                                result.result().passTo(request);
                            }
                        });
    }

    private static boolean isPassedOn(String header) {
        return NOT_PASSED_ON.stream().noneMatch(header::equalsIgnoreCase);
    }

    private static boolean isGone(HttpServerRequest request) {
        return request.response().closed();
    }

    private record Answer(HttpClientResponse head, Buffer body) {
        boolean isCutOff() {
            return head.statusCode() >= 502 && head.statusCode() <= 504;
        }

        void passTo(HttpServerRequest request) {
            if (isGone(request)) {
                return;
            }
            request.response().setStatusCode(head.statusCode());
            head.headers()
                    .forEach(
                            header -> {
                                if (isPassedOn(header.getKey())
                                        && !HttpHeaders.CONTENT_LENGTH
                                                .toString()
                                                .equalsIgnoreCase(header.getKey())) {
                                    request.response()
                                            .putHeader(header.getKey(), header.getValue());
                                }
                            });
            Future<Void> _ = request.response().end(body);
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
