package dev.jitney.standalone.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FrontTest {
    private final int gatewayPort = new FreePorts().next();
    private final Front front = Front.start(0, gatewayPort);
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> received = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        front.close();
        client.close();
    }

    /** A gateway that answers with these, the last again and again. */
    private HttpServer gateway(int... answers) throws IOException {
        AtomicInteger next = new AtomicInteger();
        HttpServer gateway =
                HttpServer.create(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), gatewayPort), 0);
        gateway.createContext(
                "/webhook",
                exchange -> {
                    byte[] body = exchange.getRequestBody().readAllBytes();
                    received.add(
                            exchange.getRequestHeaders().getFirst("X-GitHub-Event")
                                    + " "
                                    + new String(body, StandardCharsets.UTF_8));
                    int answer = answers[Math.min(next.getAndIncrement(), answers.length - 1)];
                    byte[] text = "said".getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(answer, text.length);
                    exchange.getResponseBody().write(text);
                    exchange.close();
                });
        gateway.start();
        return gateway;
    }

    private CompletableFuture<HttpResponse<String>> post(String body) {
        return client.sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + front.port() + "/webhook"))
                        .header("X-GitHub-Event", "workflow_job")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void passesRequestsAndAnswersOn() throws IOException {
        HttpServer gateway = gateway(401);

        HttpResponse<String> answer = post("body").join();

        assertEquals(401, answer.statusCode());
        assertEquals("said", answer.body());
        assertEquals(List.of("workflow_job body"), received);
        gateway.stop(0);
    }

    @Test
    void holdsARequestUntilThereIsAGateway() throws IOException {
        CompletableFuture<HttpResponse<String>> answer = post("early");
        HttpServer gateway = gateway(202);

        assertEquals(202, answer.join().statusCode());
        assertEquals(List.of("workflow_job early"), received);
        gateway.stop(0);
    }

    @Test
    void sendsAgainWhatADeathCutOff() throws IOException {
        HttpServer gateway = gateway(502, 503, 504, 202);

        assertEquals(202, post("again").join().statusCode());
        assertEquals(4, received.size());
        gateway.stop(0);
    }

    @Test
    void aServersOwnErrorIsAnAnswer() throws IOException {
        HttpServer gateway = gateway(500, 202);

        assertEquals(500, post("once").join().statusCode());
        gateway.stop(0);
    }

    @Test
    void aPortInUseIsToldInOneLine() {
        StartFailed refused =
                assertThrows(StartFailed.class, () -> Front.start(front.port(), gatewayPort));

        assertEquals(
                "port " + front.port() + " is in use; choose another one with --port, or 0",
                refused.getMessage());
    }
}
