package dev.jitney.cloudevents;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A broker's ingress on loopback that keeps what it is sent and answers as it is told. */
public final class SinkServer implements QuarkusTestResourceLifecycleManager {
    record Received(Map<String, String> headers, String path, String body) {}

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Path token = temporary();
    private @Nullable HttpServer server;

    private static Path temporary() {
        try {
            return Files.createTempDirectory("jitney-oidc").resolve("token");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a SinkBinding would mount the token; nothing is there at first. */
    Path token() {
        return token;
    }

    @Override
    public Map<String, String> start() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(executor);
        server.createContext("/", this::receive);
        server.start();
        int port = server.getAddress().getPort();
        return Map.of(
                "jitney.sink-token",
                token.toString(),
                "K_SINK",
                "http://127.0.0.1:" + port + "/jitney/events",
                "K_CE_OVERRIDES",
                "{\"extensions\":{\"site\":\"seoul\"}}");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(SinkServer.class));
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
        token.resolveSibling("").toFile().deleteOnExit();
        executor.close();
    }

    /** Forgets everything; the next posts are answered with these, then with 202. */
    void reset(Integer... statuses) {
        received.clear();
        answers.clear();
        answers.addAll(List.of(statuses));
    }

    List<Received> received() {
        return List.copyOf(received);
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new TreeMap<>();
            exchange.getRequestHeaders()
                    .forEach(
                            (name, values) ->
                                    headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(new Received(headers, exchange.getRequestURI().getPath(), body));
            Integer status = answers.poll();
            exchange.sendResponseHeaders(status == null ? 202 : status, -1);
        }
    }
}
