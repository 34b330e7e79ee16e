package dev.jitney.broker.dispatcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The data plane of Knative Eventing, seen by a sender. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class IngressTest {
    private static final String JSON = "application/cloudevents+json";

    @TempDir static Path directory;
    private Bench bench;

    @BeforeAll
    void start() throws IOException {
        bench = new Bench(directory, "{}", Bench.trigger("all", "t.structured", ""));
    }

    @AfterAll
    void stop() {
        bench.close();
    }

    @Test
    void acceptsBinaryMode() {
        assertEquals(202, bench.send(bench.event("1", "t")));
    }

    @Test
    void acceptsStructuredModeAndDeliversItInBinaryMode() {
        var event =
                """
                {"specversion":"1.0","id":"s-1","type":"t.structured","source":"/x",
                 "subject":"빌드 a","ext":"e","datacontenttype":"application/json","data":{"a":1}}
                """;

        int status = bench.send(structured(event));

        assertEquals(202, status);
        Await.until("it is delivered", () -> bench.fn().ids().contains("s-1"));
        var got = bench.fn().requests().getFirst();
        assertEquals("{\"a\":1}", got.body().toString());
        assertEquals("application/json", got.headers().get("content-type"));
        assertEquals("e", got.headers().get("ce-ext"));
        assertEquals("%EB%B9%8C%EB%93%9C a", got.headers().get("ce-subject"));
    }

    @Test
    void acceptsVersion03AndDoesNotUpgradeIt() throws IOException {
        try (Bench own =
                new Bench(directory.resolve("v03"), "{}", Bench.trigger("old", "t.old", ""))) {

            int status = own.send(own.event("o", "t.old").setHeader("ce-specversion", "0.3"));

            assertEquals(202, status);
            Await.until("it is delivered", () -> !own.fn().requests().isEmpty());
            assertEquals("0.3", own.fn().requests().getFirst().headers().get("ce-specversion"));
        }
    }

    @Test
    void refusesBatches() {
        assertEquals(
                400, bench.send(post("[]").header("content-type", JSON.replace("+", "-batch+"))));
    }

    @Test
    void refusesWhatIsNoEvent() {
        assertEquals(400, bench.send(post("{}").header("content-type", "application/json")));
        assertEquals(400, bench.send(structured("{not json")));
        assertEquals(400, bench.send(structured("{\"specversion\":\"1.0\",\"id\":\"1\"}")));
        assertEquals(400, bench.send(bench.event("1", "t").setHeader("ce-specversion", "7.0")));
    }

    @Test
    void refusesMissingAttributes() {
        var withoutId =
                post("").header("ce-specversion", "1.0")
                        .header("ce-type", "t")
                        .header("ce-source", "/s");
        var withoutSource =
                post("").header("ce-specversion", "1.0")
                        .header("ce-type", "t")
                        .header("ce-id", "1");
        var withoutType =
                post("").header("ce-specversion", "1.0")
                        .header("ce-id", "1")
                        .header("ce-source", "/s");

        assertEquals(400, bench.send(withoutId));
        assertEquals(400, bench.send(withoutSource));
        assertEquals(400, bench.send(withoutType));
    }

    @Test
    void knowsOnlyItsBrokers() {
        assertEquals(404, bench.send(bench.request("/test/other").GET()));
        assertEquals(404, bench.send(bench.request("/").GET()));
        assertEquals(404, bench.send(bench.request("/test/events/x").GET()));
    }

    @Test
    void refusesOtherVerbs() {
        assertEquals(405, bench.send(bench.request("/test/events").GET()));
        assertEquals(405, bench.send(bench.request("/test/events").DELETE()));
        assertEquals(
                405, bench.send(bench.request("/test/events").PUT(BodyPublishers.ofString("x"))));
    }

    @Test
    void answersOptions() {
        HttpResponse<String> response =
                bench.exchange(
                        bench.request("/test/events").method("OPTIONS", BodyPublishers.noBody()));

        assertEquals(200, response.statusCode());
        assertTrue(response.headers().firstValue("Allow").orElse("").contains("POST"));
    }

    @Test
    void refusesLargeBodiesWithAndWithoutALength() {
        byte[] large = new byte[(1 << 20) + 1];
        var chunked =
                BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(large)); // no length known

        assertEquals(
                413, bench.send(bench.event("1", "t").POST(BodyPublishers.ofByteArray(large))));
        assertEquals(413, bench.send(bench.event("1", "t").POST(chunked)));
    }

    @Test
    void acceptsTheLargestBody() {
        byte[] large = new byte[1 << 20];

        assertEquals(
                202, bench.send(bench.event("1", "t").POST(BodyPublishers.ofByteArray(large))));
    }

    @Test
    void refusesAnEventThatHasNoHopsLeft() {
        assertEquals(400, bench.send(bench.event("1", "t").header("ce-knativebrokerttl", "1")));
        assertEquals(202, bench.send(bench.event("1", "t").header("ce-knativebrokerttl", "2")));
    }

    private java.net.http.HttpRequest.Builder structured(String json) {
        return post(json).header("content-type", JSON);
    }

    private java.net.http.HttpRequest.Builder post(String body) {
        return bench.request("/test/events").POST(BodyPublishers.ofString(body));
    }
}
