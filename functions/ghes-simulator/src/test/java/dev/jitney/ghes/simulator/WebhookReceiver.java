package dev.jitney.ghes.simulator;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes webhooks and remembers them in the order they came. */
final class WebhookReceiver implements AutoCloseable {

    record Received(Headers headers, String raw, JsonObject body) {
        String action() {
            return body.getString("action");
        }

        long jobId() {
            return body.getJsonObject("workflow_job").getLong("id");
        }

        String guid() {
            return headers.getFirst("X-GitHub-Delivery");
        }
    }

    final List<Received> received = new CopyOnWriteArrayList<>();
    volatile int status = 202;
    private final HttpServer server;

    WebhookReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/github", this::take);
        server.setExecutor(task -> Thread.ofVirtual().start(task));
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/github");
    }

    List<String> actions(long jobId) {
        return received.stream().filter(r -> r.jobId() == jobId).map(Received::action).toList();
    }

    Received only(long jobId, String action) {
        Await.until(action + " of " + jobId, () -> actions(jobId).contains(action));
        return received.stream()
                .filter(r -> r.jobId() == jobId && r.action().equals(action))
                .findFirst()
                .orElseThrow();
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] bytes = exchange.getRequestBody().readAllBytes();
        String raw = new String(bytes, StandardCharsets.UTF_8);
        received.add(new Received(exchange.getRequestHeaders(), raw, new JsonObject(raw)));
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
