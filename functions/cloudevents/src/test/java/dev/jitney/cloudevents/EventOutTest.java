package dev.jitney.cloudevents;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SinkServer.class)
class EventOutTest {
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @SuppressWarnings("NullAway.Init") // Set by the test resource.
    SinkServer sink;

    private static RequestSpecification order(int runners) {
        return given().header("ce-id", "delivery-1")
                .header("ce-source", "/test")
                .header("ce-specversion", "1.0")
                .header("ce-type", "test.order")
                .header("ce-jobid", "42")
                .header("ce-correlationid", "chain-42")
                .header("ce-traceparent", TRACE)
                .contentType("application/json")
                .body("{\"runners\":" + runners + ",\"job\":42}");
    }

    @Test
    void repliesWithAnEventThatIsTheSameOnEveryDelivery() {
        for (int delivery = 0; delivery < 2; delivery++) {
            order(1).post("/")
                    .then()
                    .statusCode(200)
                    .contentType(startsWith("application/json"))
                    .header("ce-id", "code-linux-1/requested")
                    .header("ce-source", "/jitney/sample")
                    .header("ce-type", "dev.jitney.runner.requested.v1")
                    .header("ce-specversion", "1.0")
                    .header("ce-partitionkey", "octo")
                    .header("ce-org", "octo")
                    .header("ce-jobid", "42")
                    .header("ce-correlationid", "chain-42")
                    .header("ce-causationid", "delivery-1")
                    .header("ce-traceparent", TRACE)
                    .body("runner", equalTo("code-linux-1"))
                    .body("organization", equalTo("Octo"))
                    .body("runnerClass", equalTo("code-linux"))
                    .body("jobId", equalTo(42))
                    .body("repository", equalTo("Octo/repo"))
                    .body("size()", equalTo(5));
        }
    }

    @Test
    void correlatesWithItsOwnJobWhenTheIncomingEventIsAboutAnother() {
        order(1).body("{\"runners\":1,\"job\":43}")
                .post("/")
                .then()
                .statusCode(200)
                .header("ce-jobid", "43")
                .header("ce-correlationid", "43")
                .header("ce-causationid", "delivery-1");
    }

    @Test
    void takesTheJobThatCameInWhenTheEventKnowsNone() {
        given().header("ce-id", "delivery-1")
                .header("ce-source", "/test")
                .header("ce-specversion", "1.0")
                .header("ce-type", "test.release")
                .header("ce-jobid", "5")
                .contentType("application/json")
                .body("{}")
                .post("/")
                .then()
                .statusCode(200)
                .header("ce-id", "code-linux-5/released")
                .header("ce-jobid", "5")
                .header("ce-correlationid", "5")
                .header("ce-traceparent", nullValue());
    }

    @Test
    void answersNothingWhenThereIsNothingToSend() {
        sink.reset();

        order(0).post("/").then().statusCode(204).header("ce-id", nullValue());

        assertEquals(0, sink.received().size());
    }

    @Test
    void showsTheTokenOfTheSinkBinding_whereThereIsOne() throws Exception {
        sink.reset();
        order(2).post("/").then().statusCode(200);
        Files.writeString(sink.token(), "first\n");
        order(2).post("/").then().statusCode(200);
        Files.writeString(sink.token(), "renewed\n");
        order(2).post("/").then().statusCode(200);
        Files.delete(sink.token());

        assertEquals(
                Arrays.asList(null, "Bearer first", "Bearer renewed"),
                sink.received().stream().map(each -> each.headers().get("authorization")).toList());
    }

    @Test
    void postsAllButTheLastBeforeItReplies() {
        sink.reset();

        order(3).post("/").then().statusCode(200).header("ce-id", "code-linux-3/requested");

        Set<String> ids = new TreeSet<>();
        sink.received().forEach(each -> ids.add(each.headers().get("ce-id")));
        assertEquals(Set.of("code-linux-1/requested", "code-linux-2/requested"), ids);
        var event = sink.received().getFirst();
        assertEquals("/jitney/events", event.path());
        assertEquals("1.0", event.headers().get("ce-specversion"));
        assertEquals("application/json", event.headers().get("content-type"));
        assertEquals("/jitney/sample", event.headers().get("ce-source"));
        assertEquals("octo", event.headers().get("ce-partitionkey"));
        assertEquals(TRACE, event.headers().get("ce-traceparent"));
        assertEquals("seoul", event.headers().get("ce-site"));
        assertNull(event.headers().get("ce-subject"));
        assertTrue(event.body().contains("\"jobId\":42"), event.body());
    }

    @Test
    void postsAgainWhenTheSinkFailsForAMoment() {
        sink.reset(503, 429);

        order(2).post("/").then().statusCode(200);

        assertEquals(3, sink.received().size());
    }

    @Test
    void letsTheBrokerRepeatTheEventWhenTheSinkDoesNotTakeAll() {
        sink.reset(503, 503, 503);

        order(2).post("/")
                .then()
                .statusCode(503)
                .body(equalTo("the sink answered 503 to an event"));
    }

    @Test
    void doesNotInsistWhenTheSinkRefuses() {
        sink.reset(400);

        order(2).post("/").then().statusCode(503);

        assertEquals(1, sink.received().size());
    }
}
