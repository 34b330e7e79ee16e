package dev.jitney.standalone.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.jitney.standalone.system.LocalSystem;
import dev.jitney.standalone.system.StartFailed;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Lets another process run a demo in this one, where the observers are. On a free port of the
 * loopback address: {@code POST /demo} with {@link DemoOptions} is answered with lines of JSON,
 * {@code {"progress": text}} while it runs and at last {@code {"report": ..}} or {@code {"error":
 * text}}.
 */
public final class ControlServer implements AutoCloseable {
    private static final long PROGRESS_EVERY_NANOS = 1_000_000_000L;

    private final LocalSystem system;
    private final HttpServer server;
    private final ExecutorService threads;
    private final Semaphore oneAtATime = new Semaphore(1);

    private ControlServer(LocalSystem system, HttpServer server, ExecutorService threads) {
        this.system = system;
        this.server = server;
        this.threads = threads;
    }

    public static ControlServer start(LocalSystem system) {
        try {
            HttpServer server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
            ControlServer control = new ControlServer(system, server, threads);
            server.setExecutor(threads);
            server.createContext("/demo", control::demo);
            server.start();
            return control;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void demo(HttpExchange exchange) throws IOException {
        // A page in a browser cannot send this content type to another origin unasked.
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (!exchange.getRequestMethod().equals("POST") || !"application/json".equals(type)) {
            exchange.sendResponseHeaders(405, -1);
            exchange.close();
            return;
        }
        JsonObject body =
                new JsonObject(
                        new String(
                                exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            answer(DemoOptions.of(body), out);
        }
    }

    private void answer(DemoOptions options, OutputStream out) throws IOException {
        if (!oneAtATime.tryAcquire()) {
            send(out, new JsonObject().put("error", "another demo is running"));
            return;
        }
        try {
            long[] last = {0};
            Report report =
                    Demo.run(
                            system,
                            options,
                            progress -> {
                                if (System.nanoTime() - last[0] > PROGRESS_EVERY_NANOS) {
                                    last[0] = System.nanoTime();
                                    send(out, new JsonObject().put("progress", progress.bar()));
                                }
                            });
            send(out, new JsonObject().put("report", report.toJson()));
        } catch (StartFailed | IllegalArgumentException refused) {
            send(out, new JsonObject().put("error", refused.getMessage()));
        } catch (UncheckedIOException gone) {
            throw gone.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            oneAtATime.release();
        }
    }

    private static void send(OutputStream out, JsonObject line) {
        try {
            out.write((line.encode() + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
