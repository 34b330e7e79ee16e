package dev.jitney.broker.dispatcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was accepted is delivered, whatever happens to the process in between. */
final class RestartTest {
    private static final String YAML =
            """
            apiVersion: eventing.knative.dev/v1
            kind: Broker
            metadata: {name: events, namespace: test}
            spec: {delivery: {retry: 9, backoffPolicy: linear, backoffDelay: PT30S}}
            ---
            apiVersion: eventing.knative.dev/v1
            kind: Trigger
            metadata: {name: all, namespace: test}
            spec: {broker: events, subscriber: {uri: "%s"}}
            """;

    @TempDir Path directory;

    @Test
    void deliversAgainWhatWasNotFinished() throws IOException {
        String slow = "{retry: 5, backoffPolicy: linear, backoffDelay: PT30S}";
        try (Bench bench = new Bench(directory, slow, Bench.trigger("a", "t", ""))) {
            bench.fn().answers((r, n) -> r.response().setStatusCode(n == 1 ? 204 : 503).end());
            bench.send(bench.event("done", "t"));
            Await.until("one is delivered", () -> bench.stats("a").delivered() == 1);
            bench.send(bench.event("owed", "t"));
            Await.until("one has failed", () -> bench.fn().requests().size() == 2);
            bench.fn().answers(204);

            bench.restart();

            Await.until("the other is delivered", () -> bench.stats("a").delivered() == 1);
            assertEquals(List.of("done", "owed", "owed"), bench.fn().ids());
        }
    }

    @Test
    void survivesKill() throws Exception {
        Vertx vertx = Vertx.vertx();
        Subscriber subscriber = new Subscriber(vertx).answers(503);
        Path yaml = Files.createDirectories(directory.resolve("yaml"));
        Files.writeString(
                yaml.resolve("all.yaml"), YAML.replace("%s", subscriber.uri() + "/in?q=1"));
        List<String> ids = new ArrayList<>();

        Process first = start(yaml);
        URI url = url(first);
        for (int i = 0; i < 50; i++) {
            assertEquals(202, send(url, "e-" + i));
            ids.add("e-" + i);
        }
        first.destroyForcibly().waitFor();
        long before = subscriber.requests().size();
        subscriber.answers(204);
        Process second = start(yaml);

        Await.until(
                "all have come again",
                () -> subscriber.ids().stream().skip(before).toList().containsAll(ids));
        assertEquals("/in", subscriber.requests().getFirst().path());
        second.destroyForcibly().waitFor();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private Process start(Path yaml) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerProcess.class.getName(),
                        yaml.toString(),
                        directory.resolve("log").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static URI url(Process process) throws IOException {
        try (BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            return output.lines()
                    .filter(line -> line.startsWith("url="))
                    .map(line -> URI.create(line.substring(4)))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static int send(URI url, String id) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(url.resolve("/test/events"))
                                    .version(HttpClient.Version.HTTP_1_1)
                                    .header("ce-specversion", "1.0")
                                    .header("ce-id", id)
                                    .header("ce-type", "t")
                                    .header("ce-source", "/s")
                                    .POST(BodyPublishers.ofString("x"))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
