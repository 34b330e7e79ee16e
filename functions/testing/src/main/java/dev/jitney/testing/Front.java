package dev.jitney.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a server, passes every call on, and remembers it. It can be told to answer calls by
 * itself, or to let something happen while one is on its way.
 */
public final class Front implements AutoCloseable {
    /** What belongs to one connection, and what the client's library sets by itself. */
    private static final Set<String> NOT_PASSED_ON =
            Set.of("connection", "content-length", "host", "http2-settings", "upgrade");

    private final URI server;
    private final List<String> calls;
    private final HttpServer front;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private volatile Canned canned = Canned.NONE;
    private volatile Interruption interruption = Interruption.NONE;

    /** An answer that the server never gave. */
    private record Canned(String path, int status, Map<String, String> headers) {
        static final Canned NONE = new Canned("", 0, Map.of());

        boolean answers(String call) {
            return !path.isEmpty() && call.contains(path);
        }
    }

    private record Interruption(String path, Runnable happens) {
        static final Interruption NONE = new Interruption("", () -> {});
    }

    Front(URI server, List<String> calls) {
        this.server = server;
        this.calls = calls;
        try {
            front =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        front.createContext("/", this::handle);
        front.setExecutor(threads);
        front.start();
    }

    public String url() {
        return "http://127.0.0.1:" + front.getAddress().getPort();
    }

    /**
     * Answers every call whose method and path contain a text, for instance {@code POST /api/v3},
     * until the block is left.
     */
    public AutoCloseable answering(String path, int status, Map<String, String> headers) {
        canned = new Canned(path, status, headers);
        return () -> canned = Canned.NONE;
    }

    /** Lets something happen after the next such call took effect and before it is answered. */
    public void during(String path, Runnable happens) {
        interruption = new Interruption(path, happens);
    }

    /**
     * The calls that a text is part of, of all fronts of the world, in the order they came: {@code
     * METHOD path}.
     */
    public List<String> callsWith(String text) {
        return calls.stream().filter(call -> call.contains(text)).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            calls.add(call);
            Canned now = canned;
            if (now.answers(call)) {
                now.headers().forEach(exchange.getResponseHeaders()::set);
                exchange.sendResponseHeaders(now.status(), -1);
                return;
            }
            pass(exchange, call);
        }
    }

    private void pass(HttpExchange exchange, String call) throws IOException {
        HttpResponse<byte[]> answer = ask(exchange);
        Interruption now = interruption;
        if (answer == null) {
            exchange.sendResponseHeaders(502, -1);
            return;
        }
        if (!now.path().isEmpty() && call.contains(now.path())) {
            interruption = Interruption.NONE;
            now.happens().run();
        }
        Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
        headers.remove("transfer-encoding");
        headers.remove("content-length");
        exchange.getResponseHeaders().putAll(headers);
        byte[] body = answer.body();
        exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    private @Nullable HttpResponse<byte[]> ask(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        var request =
                HttpRequest.newBuilder(server.resolve(exchange.getRequestURI()))
                        .method(
                                exchange.getRequestMethod(),
                                HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders()
                .forEach(
                        (name, values) -> {
                            if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                                values.forEach(value -> request.header(name, value));
                            }
                        });
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    @Override
    public void close() {
        front.stop(0);
        client.shutdownNow();
        threads.shutdownNow();
    }
}
