package dev.jitney.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link ApiServerIT} shows, it shows by this client. */
class StrictClientTest {
    private static final String WARNING = "299 - \"unknown field \\\"spec.delivry\\\"\"";

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    StrictClientTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void aServerThatWarnsOfEverySecondRequest() {
        server.createContext(
                "/",
                exchange -> {
                    requests.add(exchange.getRequestURI().toString());
                    byte[] body = exchange.getRequestBody().readAllBytes();
                    exchange.getResponseHeaders().add("Content-Type", "application/json");
                    if (requests.size() % 2 == 0) {
                        exchange.getResponseHeaders().add("Warning", WARNING);
                    }
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void asksForStrictValidation_andKeepsTheWarningsOfOneResource() {
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        ObjectNode settings =
                (ObjectNode)
                        YamlFile.single(
                                Path.of("c"),
                                "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: b}}");

        try (var client = new StrictClient(new ConfigBuilder().withMasterUrl(url).build())) {
            assertEquals(List.of(), client.apply(settings));
            assertEquals(List.of(WARNING), client.apply(settings));
            assertEquals(List.of(), client.apply(settings));
        }

        assertEquals(3, requests.size());
        assertTrue(requests.getFirst().contains("fieldValidation=Strict"), requests.getFirst());
    }
}
