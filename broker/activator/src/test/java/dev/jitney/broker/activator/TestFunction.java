package dev.jitney.broker.activator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** A function in a JVM of its own: does what the path of the request says. */
public final class TestFunction {
    private TestFunction() {}

    /** Listens on {@code PORT}; ends at once when {@code FAIL_AT_START} is set. */
    public static void main(String[] arguments) throws IOException {
        if (System.getenv("FAIL_AT_START") != null) {
            Runtime.getRuntime().halt(3);
        }
        int port = Integer.parseInt(System.getenv("PORT"));
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", TestFunction::answer);
        server.start();
        System.out.println("listening");
    }

    private static void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        if (path.endsWith("/halt")) {
            Runtime.getRuntime().halt(7);
        }
        if (path.endsWith("/slow")) {
            LockSupport.parkNanos(300_000_000);
        }
        if (path.endsWith("/forever")) {
            LockSupport.parkNanos(60_000_000_000L);
        }
        String text =
                path.endsWith("/env")
                        ? String.join(
                                "\n",
                                System.getenv().entrySet().stream()
                                        .map(e -> e.getKey() + "=" + e.getValue())
                                        .sorted()
                                        .toList())
                        : ProcessHandle.current().pid() + " " + path + " " + body.length;
        byte[] answer = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }
}
