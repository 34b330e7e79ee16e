package dev.jitney.kubernetes.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The runner's side of GHES, as small as it can be: sessions by configuration, one queue of jobs.
 * Configurations "unknown" (401), "gone" (410 at the first poll) and "trouble" (503 once) play
 * special parts.
 */
final class RunnerSide implements AutoCloseable {
    final BlockingQueue<Integer> jobMillis = new LinkedBlockingQueue<>();
    final CopyOnWriteArrayList<String> sessions = new CopyOnWriteArrayList<>();
    final Set<String> done = ConcurrentHashMap.newKeySet();
    final Map<String, Integer> polls = new ConcurrentHashMap<>();

    private final AtomicInteger troubles = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    RunnerSide() throws IOException {
        server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.setExecutor(threads);
        server.createContext("/_runner/session", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String[] path = exchange.getRequestURI().getPath().split("/", -1);
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            if (path.length == 3) {
                open(exchange, body);
            } else if (path[4].equals("job")) {
                job(exchange, path[3]);
            } else {
                done.add(path[3]);
                send(exchange, 200, "");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void open(HttpExchange exchange, String jitConfig) throws IOException {
        if (jitConfig.equals("unknown")) {
            send(exchange, 401, "");
        } else if (jitConfig.equals("trouble") && troubles.getAndIncrement() == 0) {
            send(exchange, 503, "");
        } else {
            sessions.add(jitConfig);
            send(exchange, 201, "{\"session\":\"%s\"}".formatted(jitConfig));
        }
    }

    private void job(HttpExchange exchange, String session)
            throws IOException, InterruptedException {
        polls.merge(session, 1, Integer::sum);
        if (session.equals("gone")) {
            send(exchange, 410, "");
            return;
        }
        Integer millis = jobMillis.poll(300, TimeUnit.MILLISECONDS);
        if (millis == null) {
            send(exchange, 204, "");
        } else {
            send(exchange, 200, "{\"jobId\":1,\"durationMillis\":%d}".formatted(millis));
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
