package dev.jitney.broker.activator;

import dev.jitney.broker.dispatcher.ServiceRef;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The way in from outside: public paths of the loopback address to Services.
 *
 * <p>The longest matching prefix wins and the path is passed through. Answers of its own: 404 no
 * such path, 413 body larger than 26 MB, 502 the instance died during the request, 503 no instance
 * can take it, 504 no answer within {@code timeoutSeconds}.
 */
public final class Gateway implements AutoCloseable {
    /** A little more than the 25 MB that GitHub sends at most. */
    static final int BODY_BYTES_MAX = 26 << 20;

    private final Vertx vertx;
    private final HttpServer server;
    private final HttpClient client;
    private final Activator activator;
    private final List<Map.Entry<String, ServiceRef>> routes;

    private Gateway(Vertx vertx, Activator activator, Map<String, ServiceRef> routes, int port) {
        this.vertx = vertx;
        this.activator = activator;
        this.routes =
                routes.entrySet().stream()
                        .<Map.Entry<String, ServiceRef>>map(
                                e -> Map.entry(e.getKey(), e.getValue()))
                        .sorted(Comparator.comparingInt(e -> -e.getKey().length()))
                        .toList();
        this.client =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setMaxPoolSize(512)
                                .setMaxWaitQueueSize(-1)
                                .setConnectTimeout(2000));
        Handler<HttpServerRequest> handler = this::handle;
        this.server =
                vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(port))
                        .requestHandler(handler);
    }

    /**
     * Listens on the loopback address.
     *
     * @param routes from a path prefix, such as {@code /webhook}, to a Service
     * @param port 0 takes a free one
     * @throws java.util.concurrent.CompletionException if the port is taken
     */
    public static Gateway start(
            Vertx vertx, Activator activator, Map<String, ServiceRef> routes, int port) {
        Gateway gateway = new Gateway(vertx, activator, routes, port);
        gateway.server.listen().toCompletionStage().toCompletableFuture().join();
        return gateway;
    }

    /** Its address, without a path. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    private void handle(HttpServerRequest request) {
        Optional<ServiceRef> service = route(String.valueOf(request.path()));
        if (service.isEmpty()) {
            answer(request.response(), 404);
            return;
        }
        Buffer body = Buffer.buffer();
        request.handler(
                part -> {
                    if (body.length() + part.length() <= BODY_BYTES_MAX) {
                        body.appendBuffer(part);
                    } else if (!request.response().ended()) {
                        request.response().putHeader("Connection", "close");
                        answer(request.response(), 413);
                    }
                });
        request.endHandler(
                end -> {
                    if (!request.response().ended()) {
                        new Exchange(vertx, client, request, body)
                                .run(
                                        activator.acquire(service.get()),
                                        activator.timeout(service.get()));
                    }
                });
    }

    private Optional<ServiceRef> route(String path) {
        return routes.stream()
                .filter(route -> matches(route.getKey(), path))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static boolean matches(String prefix, String path) {
        String directory = prefix.endsWith("/") ? prefix : prefix + "/";
        return path.equals(prefix) || path.startsWith(directory);
    }

    static void answer(HttpServerResponse response, int status) {
        if (!response.ended() && !response.closed()) {
            Future<Void> _ = response.setStatusCode(status).end();
        }
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
        client.close().toCompletionStage().toCompletableFuture().join();
    }
}
