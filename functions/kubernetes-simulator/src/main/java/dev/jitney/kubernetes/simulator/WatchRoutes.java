package dev.jitney.kubernetes.simulator;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.util.function.Predicate;

/** Watches over HTTP: a chunked response with a line for each event, or a WebSocket. */
final class WatchRoutes {
    private static final int UNREAD_BYTES_MAX = 4 << 20;

    private final Watches watches;

    WatchRoutes(Watches watches) {
        this.watches = watches;
    }

    void open(HttpServerRequest request, Target target) {
        Predicate<JsonObject> selector = target.selector();
        long from = target.number("resourceVersion");
        long timeoutSeconds = target.number("timeoutSeconds");
        if ("websocket".equalsIgnoreCase(request.getHeader("upgrade"))) {
            request.toWebSocket()
                    .onSuccess(
                            socket -> {
                                var sink = new Frames(socket);
                                socket.closeHandler(nothing -> watches.closed(sink));
                                watches.open(watch(target, selector, timeoutSeconds, sink), from);
                            });
            return;
        }
        HttpServerResponse response =
                request.response()
                        .setChunked(true)
                        .putHeader("content-type", "application/json")
                        .setWriteQueueMaxSize(UNREAD_BYTES_MAX);
        var sink = new Lines(response);
        response.closeHandler(nothing -> watches.closed(sink));
        response.exceptionHandler(failure -> watches.closed(sink));
        response.writeHead();
        watches.open(watch(target, selector, timeoutSeconds, sink), from);
    }

    private static Watches.Watch watch(
            Target target, Predicate<JsonObject> selector, long timeoutSeconds, Watches.Sink sink) {
        return new Watches.Watch(target.kind(), target.namespace(), selector, timeoutSeconds, sink);
    }

    private record Lines(HttpServerResponse response) implements Watches.Sink {
        @Override
        public boolean send(String event) {
            response.write(event + "\n");
            return !response.writeQueueFull();
        }

        @Override
        public void close() {
            if (!response.ended()) {
                response.end();
            }
        }
    }

    private record Frames(ServerWebSocket socket) implements Watches.Sink {
        @Override
        public boolean send(String event) {
            if (socket.isClosed()) {
                return false;
            }
            socket.writeTextMessage(event);
            return !socket.writeQueueFull();
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
