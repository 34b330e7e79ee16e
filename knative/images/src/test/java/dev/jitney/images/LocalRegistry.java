package dev.jitney.images;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A registry on loopback without TLS: the part of the OCI distribution specification that a push
 * needs. Keeps manifests and blobs in memory.
 */
final class LocalRegistry implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer http;
    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    private final AtomicInteger uploads = new AtomicInteger();
    final Map<String, String> manifests = new ConcurrentSkipListMap<>();

    LocalRegistry() {
        http =
                vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                        .requestHandler(request -> request.bodyHandler(b -> handle(request, b)))
                        .listen()
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
    }

    String address() {
        return "localhost:" + http.actualPort();
    }

    byte[] blob(String digest) {
        byte[] blob = blobs.get(digest);
        if (blob == null) {
            throw new IllegalStateException("no blob " + digest);
        }
        return blob;
    }

    private void handle(HttpServerRequest request, Buffer body) {
        String path = Objects.requireNonNull(request.path());
        List<String> parts = Arrays.asList(path.split("/", -1));
        switch (request.method().name()) {
            case "HEAD" -> {
                byte[] known = blobs.get(parts.getLast());
                if (known != null) {
                    request.response().putHeader("Content-Length", "" + known.length);
                }
                answer(request, known == null ? 404 : 200);
            }
            case "POST" -> {
                request.response().putHeader("Location", path + uploads.incrementAndGet());
                answer(request, 202);
            }
            case "PATCH" -> {
                blobs.put(path, body.getBytes());
                request.response().putHeader("Location", path);
                answer(request, 202);
            }
            case "PUT" -> {
                if (parts.contains("manifests")) {
                    manifests.put(path, body.toString());
                } else {
                    byte[] sent = blobs.remove(path);
                    blobs.put(request.getParam("digest"), sent == null ? body.getBytes() : sent);
                }
                answer(request, 201);
            }
            default -> answer(request, path.equals("/v2/") ? 200 : 404);
        }
    }

    private static void answer(HttpServerRequest request, int status) {
        request.response().setStatusCode(status).end();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
