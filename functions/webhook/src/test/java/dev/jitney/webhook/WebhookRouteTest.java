package dev.jitney.webhook;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(SinkServer.class)
class WebhookRouteTest {
    private static final String SECRET = "It's a Secret to Everybody";
    private static final String NEXT_SECRET = "next-secret";
    private static final String DELIVERY = "72d3162e-cc78-11e3-81ab-4c9367dc0958";

    @SuppressWarnings("NullAway.Init") // Set by the test resource.
    SinkServer sink;

    @TestHTTPResource("/webhook")
    @SuppressWarnings("NullAway.Init") // Set by Quarkus.
    URI uri;

    @BeforeEach
    void forget() {
        sink.reset();
    }

    private static ValidatableResponse deliver(
            String event, String contentType, byte[] body, String signature) {
        var request =
                given().header("X-GitHub-Event", event)
                        .header("X-GitHub-Delivery", DELIVERY)
                        .header("content-type", contentType)
                        .body(body);
        if (!signature.isEmpty()) {
            request.header("X-Hub-Signature-256", signature);
        }
        return request.post("/webhook").then();
    }

    private static ValidatableResponse deliver(String event, byte[] body) {
        return deliver(event, "application/json", body, Sender.signature(SECRET, body));
    }

    private static double counted(String event, String action, String outcome) {
        String metrics = given().get("/q/metrics").then().statusCode(200).extract().asString();
        var line =
                Pattern.compile(
                                "^jitney_webhook_deliveries_total\\{action=\"%s\",event=\"%s\",outcome=\"%s\"\\} (.*)$"
                                        .formatted(action, event, outcome),
                                Pattern.MULTILINE)
                        .matcher(metrics);
        return line.find() ? Double.parseDouble(line.group(1)) : 0;
    }

    @Test
    void handsAJobOverToTheBroker() {
        double before = counted("workflow_job", "queued", "forwarded");

        deliver("workflow_job", Payloads.bytes(Payloads.QUEUED)).statusCode(202);

        assertEquals(1, sink.received().size());
        var received = sink.received().getFirst();
        Map<String, String> headers = received.headers();
        assertEquals("/jitney/events", received.path());
        assertEquals("1.0", headers.get("ce-specversion"));
        assertEquals(DELIVERY, headers.get("ce-id"));
        assertEquals(
                "https://api.github.com/repos/Codertocat/Hello-World", headers.get("ce-source"));
        assertEquals("com.github.workflow_job.queued", headers.get("ce-type"));
        assertEquals("289782451", headers.get("ce-subject"));
        assertEquals("octocoders", headers.get("ce-partitionkey"));
        assertEquals("octocoders", headers.get("ce-org"));
        assertEquals("289782451", headers.get("ce-jobid"));
        assertEquals("289782451", headers.get("ce-correlationid"));
        assertTrue(String.valueOf(headers.get("ce-traceparent")).startsWith("00-"));
        assertTrue(String.valueOf(headers.get("ce-time")).endsWith("Z"));
        assertEquals("application/json", headers.get("content-type"));
        ObjectNode data = Payloads.parse(received.body());
        assertEquals(289782451, data.path("workflow_job").path("id").asLong());
        assertTrue(received.body().length() < 1_000, "not reduced");
        assertEquals(before + 1, counted("workflow_job", "queued", "forwarded"));
    }

    @Test
    void carriesAUnicodeNameUnharmed() {
        ObjectNode queued = Payloads.tree(Payloads.QUEUED);
        ((ObjectNode) queued.path("workflow_job")).put("name", "빌드 \uD83D\uDE80\r\nce-evil: 1");

        deliver("workflow_job", queued.toString().getBytes(UTF_8)).statusCode(202);

        var received = sink.received().getFirst();
        assertEquals(
                "빌드 \uD83D\uDE80\r\nce-evil: 1",
                Payloads.parse(received.body()).path("workflow_job").path("name").asText());
        assertTrue(received.headers().keySet().stream().noneMatch(name -> name.contains("evil")));
    }

    @Test
    void acceptsTheSecondSecret() {
        byte[] body = Payloads.bytes(Payloads.COMPLETED);

        deliver("workflow_job", "application/json", body, Sender.signature(NEXT_SECRET, body))
                .statusCode(202);

        assertEquals(1, sink.received().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha256=",
                "sha1=757107ea0eb2509fc211221cce984b8a37570b6d",
                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
            })
    void acceptsNothingUnsigned(String signature) {
        for (byte[] body : new byte[][] {Payloads.bytes(Payloads.QUEUED), "{".getBytes(UTF_8)}) {
            for (String event : new String[] {"workflow_job", "ping", "push"}) {
                deliver(event, "application/json", body, signature).statusCode(401);
            }
        }

        assertEquals(0, sink.received().size());
    }

    @Test
    void verifiesTheWholeBody() {
        byte[] body = Payloads.bytes(Payloads.QUEUED);
        String signature = Sender.signature(SECRET, body);
        body[body.length / 2] ^= 1;

        deliver("workflow_job", "application/json", body, signature).statusCode(401);
        deliver("workflow_job", "application/json", body, Sender.signature("wrong-secret", body))
                .statusCode(401);
    }

    @Test
    void answersAPing() {
        deliver("ping", "{\"zen\":\"Design for failure.\"}".getBytes(UTF_8)).statusCode(200);

        assertEquals(0, sink.received().size());
    }

    @ParameterizedTest
    @CsvSource({
        "push,         other,        none",
        "workflow_run, other,        none",
        "workflow_job, workflow_job, none",
    })
    void takesAndCountsWhatItDoesNotKnow(String event, String eventLabel, String actionLabel) {
        double before = counted(eventLabel, actionLabel, "ignored");
        byte[] body =
                Payloads.tree(Payloads.QUEUED)
                        .put("action", "rerequested")
                        .toString()
                        .getBytes(UTF_8);

        deliver(event, body).statusCode(202);

        assertEquals(before + 1, counted(eventLabel, actionLabel, "ignored"));
        assertEquals(0, sink.received().size());
    }

    @Test
    void ignoresARepositoryOfAUser() {
        deliver("workflow_job", Payloads.bytes(Payloads.WAITING_OF_USER)).statusCode(202);

        assertEquals(0, sink.received().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"action\":\"queued\"}"})
    void saysWhatIsWrongWithAMalformedBody(String body) {
        deliver("workflow_job", body.getBytes(UTF_8))
                .statusCode(400)
                .body(not(equalTo("")))
                .body(not(containsString("{")));
    }

    @Test
    void readsAForm() throws IOException, InterruptedException {
        byte[] form =
                ("payload=" + URLEncoder.encode(Payloads.tree(Payloads.QUEUED).toString(), UTF_8))
                        .getBytes(UTF_8);
        var request =
                HttpRequest.newBuilder(uri)
                        .header("X-GitHub-Event", "workflow_job")
                        .header("X-Hub-Signature-256", Sender.signature(SECRET, form))
                        .header("content-type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(form))
                        .build();

        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertEquals(202, answer.statusCode(), answer.body());
        }

        assertEquals(1, sink.received().size());
    }

    @Test
    void refusesAnotherContentTypeButOnlyIfSigned() {
        byte[] body = Payloads.bytes(Payloads.QUEUED);

        deliver("workflow_job", "text/plain", body, Sender.signature(SECRET, body)).statusCode(415);
        deliver("workflow_job", "text/plain", body, "").statusCode(401);
    }

    @Test
    void triesAgainWhenTheBrokerFailsForAMoment() {
        sink.reset(503);

        deliver("workflow_job", Payloads.bytes(Payloads.QUEUED)).statusCode(202);

        assertEquals(2, sink.received().size());
        assertEquals(
                sink.received().getFirst().headers().get("ce-id"),
                sink.received().getLast().headers().get("ce-id"));
    }

    @ParameterizedTest
    @ValueSource(ints = {503, 500, 404, 400, 302})
    void failsWhenTheBrokerDoesNotTakeTheEvent(int status) {
        sink.reset(status, status, status);

        deliver("workflow_job", Payloads.bytes(Payloads.QUEUED)).statusCode(503);
    }

    @Test
    void failsWithinTheDeadlineWhenTheBrokerIsSlow() {
        sink.answerAfter(10_000);

        deliver("workflow_job", Payloads.bytes(Payloads.QUEUED))
                .statusCode(503)
                .body(containsString("did not answer in time"))
                .time(lessThan(4_000L));

        assertEquals(1, sink.received().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "OPTIONS"})
    void allowsNothingButPost(String method) {
        given().request(method, "/webhook").then().statusCode(405).header("allow", "POST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/webhook/x", "/webhooks"})
    void servesNoOtherPath(String path) {
        given().body("{}").post(path).then().statusCode(404);
    }

    @Test
    void isReadyAndMeasuresDurations() {
        deliver("ping", "{}".getBytes(UTF_8)).statusCode(200);

        given().get("/q/health/ready").then().statusCode(200);
        given().get("/q/metrics")
                .then()
                .body(containsString("jitney_webhook_duration_seconds_bucket{outcome=\"ping\""));
    }
}
