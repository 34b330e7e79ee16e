package dev.jitney.broker.dispatcher;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** An HTTP server that remembers what it got and answers as the test says. */
final class Subscriber {
    private final HttpServer server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger openMax = new AtomicInteger();
    private volatile BiConsumer<HttpServerRequest, Integer> answer =
            (request, count) -> request.response().setStatusCode(204).end();

    record Request(String path, MultiMap headers, Buffer body, long nanos) {
        String id() {
            return String.valueOf(headers.get("ce-id"));
        }
    }

    Subscriber(Vertx vertx) {
        server =
                vertx.createHttpServer()
                        .requestHandler(this::handle)
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
    }

    private void handle(HttpServerRequest request) {
        openMax.accumulateAndGet(open.incrementAndGet(), Math::max);
        request.response().endHandler(end -> open.decrementAndGet());
        request.bodyHandler(
                body -> {
                    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
                    headers.addAll(request.headers());
                    requests.add(
                            new Request(
                                    String.valueOf(request.path()),
                                    headers,
                                    body,
                                    System.nanoTime()));
                    answer.accept(request, requests.size());
                });
    }

    /** Answers with a status; the counter of requests starts at 1. */
    Subscriber answers(BiConsumer<HttpServerRequest, Integer> other) {
        answer = other;
        return this;
    }

    Subscriber answers(int status) {
        return answers((request, count) -> request.response().setStatusCode(status).end());
    }

    List<Request> requests() {
        return requests;
    }

    List<String> ids() {
        return requests.stream().map(Request::id).toList();
    }

    int openMax() {
        return openMax.get();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }
}
