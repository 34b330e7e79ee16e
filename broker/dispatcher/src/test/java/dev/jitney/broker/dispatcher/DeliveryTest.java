package dev.jitney.broker.dispatcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a subscriber sees, and what happens to what it answers. */
final class DeliveryTest {
    private static final String FAST = "{retry: 2, backoffPolicy: linear, backoffDelay: PT0.01S}";
    private static final String FAST_WITH_SINK = FAST.replace("}", ", " + Bench.SINK + "}");

    @TempDir Path directory;

    @Test
    void tellsTheSubscriberWhatItNeeds() throws IOException {
        try (Bench bench = new Bench(directory, FAST, Bench.trigger("a", "t", ""))) {
            int status = bench.send(bench.event("1", "t").header("ce-jobid", "7"));

            assertEquals(202, status);
            Await.until("it is delivered", () -> bench.stats("a").delivered() == 1);
            var headers = bench.fn().requests().getFirst().headers();
            assertEquals("reply", headers.get("prefer"));
            assertEquals("test", headers.get("kn-namespace"));
            assertEquals("7", headers.get("ce-jobid"));
            assertEquals("/", bench.fn().requests().getFirst().path());
            assertNull(headers.get("ce-knativebrokerttl"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 408, 409, 429, 500, 502, 503, 599})
    void triesAgain(int status) throws IOException {
        try (Bench bench = new Bench(directory, FAST, Bench.trigger("a", "t", ""))) {
            bench.fn()
                    .answers(
                            (request, count) ->
                                    request.response()
                                            .setStatusCode(count < 3 ? status : 202)
                                            .end());

            bench.send(bench.event("1", "t"));

            Await.until("it is delivered", () -> bench.stats("a").delivered() == 1);
            assertEquals(List.of("1", "1", "1"), bench.fn().ids());
            assertEquals(2, bench.stats("a").retried());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 302, 400, 401, 403, 405, 406, 410, 413, 415, 422, 451})
    void doesNotTryAgain(int status) throws IOException {
        try (Bench bench = new Bench(directory, FAST_WITH_SINK, Bench.trigger("a", "t", ""))) {
            bench.fn().answers(status);

            bench.send(bench.event("1", "t"));

            Await.until("the sink has it", () -> bench.letters().ids().contains("1"));
            assertEquals(1, bench.fn().requests().size());
        }
    }

    @Test
    void triesAgainWhenTheConnectionBreaks() throws IOException {
        try (Bench bench = new Bench(directory, FAST, Bench.trigger("a", "t", ""))) {
            bench.fn()
                    .answers(
                            (request, count) -> {
                                if (count == 1) {
                                    request.connection().close();
                                } else {
                                    request.response().setStatusCode(204).end();
                                }
                            });

            bench.send(bench.event("1", "t"));

            Await.until("it is delivered", () -> bench.stats("a").delivered() == 1);
            assertEquals(2, bench.fn().requests().size());
        }
    }

    @Test
    void triesAgainAfterTheTimeout() throws IOException {
        String delivery = "delivery: {retry: 1, backoffDelay: PT0.01S, timeout: PT0.1S}";
        try (Bench bench = new Bench(directory, FAST, Bench.trigger("a", "t", delivery))) {
            bench.fn()
                    .answers(
                            (request, count) -> {
                                if (count > 1) {
                                    request.response().setStatusCode(204).end();
                                }
                            });

            bench.send(bench.event("1", "t"));

            Await.until("it is delivered", () -> bench.stats("a").delivered() == 1);
        }
    }

    @Test
    void deadLetterIsTheOriginalEventAndSaysWhy() throws IOException {
        try (Bench bench = new Bench(directory, FAST_WITH_SINK, Bench.trigger("a", "t", ""))) {
            String body = "x".repeat(2000);
            bench.fn()
                    .answers(
                            (request, count) ->
                                    request.response()
                                            .setStatusCode(500)
                                            .putHeader("kne-reason", "why")
                                            .end(body));

            bench.send(bench.event("1", "t"));

            Await.until("the sink has it", () -> bench.letters().ids().contains("1"));
            var headers = bench.letters().requests().getFirst().headers();
            var data = Base64.getDecoder().decode(headers.get("ce-knativeerrordata"));
            assertEquals("t", headers.get("ce-type"));
            assertEquals("500", headers.get("ce-knativeerrorcode"));
            assertEquals("why", headers.get("ce-reason"));
            assertTrue(headers.contains("ce-knativeerrordest", "http://fn.test.svc/", false));
            assertEquals("x".repeat(1024), new String(data, StandardCharsets.UTF_8));
            assertEquals("{\"n\":1}", bench.letters().requests().getFirst().body().toString());
            assertEquals(3, bench.fn().requests().size());
            assertTrue(Files.readString(bench.file("dead-letters.jsonl")).contains("status 500"));
        }
    }

    @Test
    void deadLetterWithoutAResponseHasNoCode() throws IOException {
        try (Bench bench = new Bench(directory, FAST_WITH_SINK, Bench.trigger("a", "t", ""))) {
            bench.fn().answers((request, count) -> request.connection().close());

            bench.send(bench.event("1", "t"));

            Await.until("the sink has it", () -> bench.letters().ids().contains("1"));
            var headers = bench.letters().requests().getFirst().headers();
            assertFalse(headers.contains("ce-knativeerrorcode"));
            assertFalse(headers.contains("ce-knativeerrordata"));
            assertTrue(headers.contains("ce-knativeerrordest"));
        }
    }

    @Test
    void theSinkIsTriedByTheSameRulesAndItsReplyIsAnEvent() throws IOException {
        String triggers = Bench.trigger("a", "t", "") + Bench.trigger("b", "reply", "");
        try (Bench bench = new Bench(directory, FAST_WITH_SINK, triggers)) {
            bench.fn()
                    .answers(
                            (request, count) ->
                                    request.response()
                                            .setStatusCode(isType(request, "t") ? 400 : 204)
                                            .end());
            bench.letters()
                    .answers(
                            (request, count) -> {
                                if (count < 3) {
                                    request.response().setStatusCode(503).end();
                                } else {
                                    reply(request, "r", "reply");
                                }
                            });

            bench.send(bench.event("1", "t"));

            Await.until("the reply is delivered", () -> bench.stats("b").delivered() == 1);
            assertEquals(3, bench.letters().requests().size());
            assertEquals(0, bench.stats("a").pending());
        }
    }

    @Test
    void withoutASinkTheEventIsDroppedButKeptInTheFile() throws IOException {
        try (Bench bench = new Bench(directory, FAST, Bench.trigger("a", "t", ""))) {
            bench.fn().answers(500);

            bench.send(bench.event("1", "t"));

            Await.until("it is dropped", () -> bench.stats("a").dropped() == 1);
            assertEquals(1, Files.readAllLines(bench.file("dead-letters.jsonl")).size());
            assertEquals(0, bench.stats("a").pending());
        }
    }

    @Test
    void theDeliveryOfATriggerReplacesThatOfTheBrokerAsAWhole() throws IOException {
        try (Bench bench =
                new Bench(
                        directory,
                        FAST_WITH_SINK,
                        Bench.trigger("a", "t", "delivery: {retry: 0}"))) {
            bench.fn().answers(500);

            bench.send(bench.event("1", "t"));

            Await.until("it is dropped", () -> bench.stats("a").dropped() == 1);
            assertEquals(1, bench.fn().requests().size());
            assertEquals(List.of(), bench.letters().requests());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aReplyIsANewEvent(boolean binary) throws IOException {
        String triggers = Bench.trigger("a", "t", "") + Bench.trigger("b", "reply", "");
        try (Bench bench = new Bench(directory, FAST, triggers)) {
            bench.fn()
                    .answers(
                            (request, count) -> {
                                if (isType(request, "reply")) {
                                    request.response().setStatusCode(204).end();
                                } else if (binary) {
                                    reply(request, "r-1", "reply");
                                } else {
                                    replyStructured(request);
                                }
                            });

            bench.send(bench.event("1", "t"));

            Await.until("the reply is delivered", () -> bench.stats("b").delivered() == 1);
            assertEquals(List.of("1", "r-1"), bench.fn().ids());
            assertEquals(2, bench.broker().stats().accepted());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 202, 204})
    void onlyA200CarriesAReply(int status) throws IOException {
        try (Bench bench = new Bench(directory, FAST, Bench.trigger("a", "t", ""))) {
            bench.fn()
                    .answers(
                            (request, count) -> {
                                var response = request.response().setStatusCode(status);
                                if (status == 204) {
                                    response.end();
                                } else {
                                    response.putHeader("ce-specversion", "1.0").end("plain");
                                }
                            });

            bench.send(bench.event("1", "t"));

            Await.until("it is delivered", () -> bench.stats("a").delivered() == 1);
            assertEquals(1, bench.broker().stats().accepted());
        }
    }

    @Test
    void aReplyThatIsNoEventIsAFailure() throws IOException {
        try (Bench bench = new Bench(directory, FAST_WITH_SINK, Bench.trigger("a", "t", ""))) {
            bench.fn().answers((request, count) -> request.response().end("{\"ok\":true}"));

            bench.send(bench.event("1", "t"));

            Await.until("the sink has it", () -> bench.letters().ids().contains("1"));
            assertEquals(1, bench.fn().requests().size());
            assertEquals(0, bench.stats("a").delivered());
        }
    }

    @Test
    void aLoopOfRepliesEnds() throws IOException {
        try (Bench bench = new Bench(directory, FAST, Bench.trigger("a", "t", ""))) {
            bench.fn().answers((request, count) -> reply(request, "r-" + count, "t"));

            bench.send(bench.event("1", "t"));

            Await.until("the loop is cut", () -> bench.stats("a").dropped() == 1);
            assertEquals(255, bench.broker().stats().accepted());
        }
    }

    @Test
    void orderedDeliveryWaitsForTheWholeFateOfAnEvent() throws IOException {
        String ordered =
                Bench.trigger("a", "t", "")
                        .replace(
                                "namespace: test}",
                                "namespace: test, annotations:"
                                        + " {kafka.eventing.knative.dev/delivery.order: ordered}}");
        try (Bench bench = new Bench(directory, FAST_WITH_SINK, ordered)) {
            bench.fn()
                    .answers(
                            (request, count) ->
                                    request.response()
                                            .setStatusCode(isId(request, "k1-0") ? 500 : 204)
                                            .end());

            for (int i = 0; i < 4; i++) {
                bench.send(bench.event("k1-" + i, "t").header("ce-partitionkey", "k1"));
                bench.send(bench.event("k2-" + i, "t").header("ce-partitionkey", "k2"));
            }

            Await.until("all are done", () -> bench.stats("a").delivered() == 7);
            assertEquals(
                    List.of("k1-0", "k1-0", "k1-0", "k1-1", "k1-2", "k1-3"), idsOf(bench, "k1"));
            assertEquals(List.of("k2-0", "k2-1", "k2-2", "k2-3"), idsOf(bench, "k2"));
        }
    }

    @Test
    void inFlightIsBoundedAndBackoffHoldsNoPlace() throws IOException {
        String slow = "{retry: 5, backoffPolicy: linear, backoffDelay: PT5S}";
        try (Bench bench =
                new Bench(
                        directory,
                        slow,
                        Bench.trigger("a", "t", ""),
                        config ->
                                config.withDelivery(
                                        new BrokerConfig.Delivery(
                                                RetryRules.KAFKA, 2, Faults.none())))) {
            bench.fn()
                    .answers(
                            (request, count) ->
                                    request.response()
                                            .setStatusCode(isId(request, "bad") ? 500 : 204)
                                            .end());

            for (int i = 0; i < 3; i++) {
                bench.send(bench.event("bad", "t"));
            }
            for (int i = 0; i < 10; i++) {
                bench.send(bench.event("good-" + i, "t"));
            }

            Await.until("the good ones are through", () -> bench.stats("a").delivered() == 10);
            assertTrue(bench.fn().openMax() <= 2, "open at once: " + bench.fn().openMax());
            assertEquals(3, bench.stats("a").pending());
        }
    }

    @Test
    void faultsDuplicateAndReorderButLoseNothing() throws IOException {
        Faults faults = new Faults(0.3, 0.5, Duration.ofMillis(50), 42);
        try (Bench bench =
                new Bench(
                        directory,
                        FAST,
                        Bench.trigger("a", "t", ""),
                        config ->
                                config.withDelivery(
                                        new BrokerConfig.Delivery(
                                                RetryRules.KAFKA, 100, faults)))) {
            List<String> sent = IntStream.range(0, 60).mapToObj(Integer::toString).toList();

            sent.forEach(id -> bench.send(bench.event(id, "t")));

            Await.until("all are delivered", () -> bench.stats("a").delivered() == 60);
            Await.until("copies came too", () -> bench.fn().ids().size() > 60);
            assertTrue(bench.fn().ids().containsAll(sent));
            assertFalse(bench.fn().ids().stream().distinct().toList().equals(sent));
        }
    }

    @Test
    void ticksWithTheEventOfAPingSource() throws IOException {
        String ping =
                """
                apiVersion: sources.knative.dev/v1
                kind: PingSource
                metadata: {name: tick, namespace: test}
                spec:
                  schedule: "0 0 1 1 *"
                  contentType: application/json
                  data: '{"op":"x"}'
                  ceOverrides: {extensions: {op: x}}
                  sink: {ref: {apiVersion: eventing.knative.dev/v1, kind: Broker, name: events}}
                ---
                """;
        String trigger = Bench.trigger("a", "dev.knative.sources.ping", "");
        try (Bench bench =
                new Bench(
                        directory,
                        FAST,
                        ping + trigger,
                        config -> config.withPingEvery(Duration.ofMillis(20)))) {

            Await.until("it ticked twice", () -> bench.stats("a").delivered() > 1);
            var first = bench.fn().requests().getFirst();
            assertEquals(
                    "/apis/v1/namespaces/test/pingsources/tick", first.headers().get("ce-source"));
            assertEquals("x", first.headers().get("ce-op"));
            assertEquals("application/json", first.headers().get("content-type"));
            assertEquals("{\"op\":\"x\"}", first.body().toString());
        }
    }

    private static List<String> idsOf(Bench bench, String key) {
        List<String> ids = new CopyOnWriteArrayList<>(bench.fn().ids());
        ids.removeIf(id -> !id.startsWith(key));
        return ids;
    }

    private static boolean isType(HttpServerRequest request, String type) {
        return type.equals(request.getHeader("ce-type"));
    }

    private static boolean isId(HttpServerRequest request, String id) {
        return id.equals(request.getHeader("ce-id"));
    }

    private static void reply(HttpServerRequest request, String id, String type) {
        request.response()
                .putHeader("ce-specversion", "1.0")
                .putHeader("ce-id", id)
                .putHeader("ce-type", type)
                .putHeader("ce-source", "/fn")
                .putHeader("content-type", "application/json")
                .end("{}");
    }

    private static void replyStructured(HttpServerRequest request) {
        request.response()
                .putHeader("content-type", "application/cloudevents+json; charset=utf-8")
                .end(
                        "{\"specversion\":\"1.0\",\"id\":\"r-1\",\"type\":\"reply\","
                                + "\"source\":\"/fn\"}");
    }
}
