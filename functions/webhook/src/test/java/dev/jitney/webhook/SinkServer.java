package dev.jitney.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A broker's ingress on loopback that keeps what it is sent and answers as it is told. */
public final class SinkServer implements QuarkusTestResourceLifecycleManager {
    record Received(Map<String, String> headers, String path, String body) {}

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    private final AtomicLong delayMillis = new AtomicLong();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private @Nullable HttpServer server;

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
        return Map.of("K_SINK", "http://127.0.0.1:" + port + "/jitney/events");
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
        executor.close();
    }

    /** Forgets everything; the next posts are answered with these, then with 202. */
    void reset(Integer... statuses) {
        delayMillis.set(0);
        received.clear();
        answers.clear();
        answers.addAll(List.of(statuses));
    }

    /** Takes each post at once, but answers it only after a while. */
    void answerAfter(long millis) {
        delayMillis.set(millis);
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
            pause(delayMillis.get());
            Integer status = answers.poll();
            exchange.sendResponseHeaders(status == null ? 202 : status, -1);
        }
    }

    /** Being slow is what this server is for; nothing waits for it to be over. */
    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
