package dev.jitney.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jitney.cloudevents.OutgoingEvent;
import io.vertx.core.buffer.Buffer;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookMappingTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final String DELIVERY = "72d3162e-cc78-11e3-81ab-4c9367dc0958";

    private static Mapping map(String event, String contentType, byte[] body) {
        return WebhookMapping.map(
                new Delivery(event, DELIVERY, contentType, null, Buffer.buffer(body)), NOW);
    }

    private static Mapping map(ObjectNode payload) {
        return map("workflow_job", "application/json", payload.toString().getBytes(UTF_8));
    }

    private static OutgoingEvent event(Mapping mapping) {
        return assertInstanceOf(Mapping.Mapped.class, mapping).event();
    }

    private static OutgoingEvent event(@Nullable String id, @Nullable String traceparent) {
        return event(
                WebhookMapping.map(
                        new Delivery(
                                "workflow_job",
                                id,
                                "application/json",
                                traceparent,
                                Buffer.buffer(Payloads.bytes(Payloads.QUEUED))),
                        NOW));
    }

    private static ObjectNode data(OutgoingEvent event) {
        return Payloads.parse(event.data().toString());
    }

    @Test
    void mapsAQueuedJob() {
        OutgoingEvent event = event(map(Payloads.tree(Payloads.QUEUED)));

        assertEquals(DELIVERY, event.id());
        assertEquals("https://api.github.com/repos/Codertocat/Hello-World", event.source());
        assertEquals("com.github.workflow_job.queued", event.type());
        assertEquals("289782451", event.subject());
        assertEquals(NOW, event.time());
        Map<String, String> extensions = event.extensions();
        assertEquals("octocoders", extensions.get("partitionkey"));
        assertEquals("octocoders", extensions.get("org"));
        assertEquals("289782451", extensions.get("jobid"));
        assertEquals("289782451", extensions.get("correlationid"));
        assertEquals(5, extensions.size());
    }

    @Test
    void reducesTheDataToWhatTheFunctionsUse() {
        var expected =
                Payloads.parse(
                        """
                        {"action": "completed",
                         "workflow_job": {
                           "id": 289782451, "run_id": 2202229078, "run_attempt": 1,
                           "runner_id": 5, "name": "linters", "status": "completed",
                           "conclusion": "success", "created_at": "2021-08-05T10:33:58Z",
                           "started_at": "2021-08-05T10:33:58Z",
                           "completed_at": "2021-08-05T10:34:08Z",
                           "runner_name": "GitHub Actions 5",
                           "html_url": "https://github.com/octo-org/octo-repo/runs/1291536064",
                           "labels": ["ubuntu-latest"]},
                         "repository": {"full_name": "Codertocat/Hello-World", "private": false,
                           "owner": {"login": "Octocoders", "type": "Organization"}},
                         "organization": {"login": "Octocoders"}}
                        """);
        ObjectNode whole = Payloads.tree(Payloads.COMPLETED);
        ObjectNode job = (ObjectNode) expected.path("workflow_job");
        job.set("started_at", whole.path("workflow_job").path("started_at"));
        job.set("completed_at", whole.path("workflow_job").path("completed_at"));

        assertEquals(expected.toPrettyString(), sorted(data(event(map(whole))), expected));
    }

    /** The expected text if both are equal without regard to the order of fields. */
    private static String sorted(ObjectNode actual, ObjectNode expected) {
        return actual.equals(expected) ? expected.toPrettyString() : actual.toPrettyString();
    }

    @ParameterizedTest
    @CsvSource({
        Payloads.IN_PROGRESS + ", in_progress, octocoders",
        Payloads.COMPLETED + ",   completed,   octocoders",
        Payloads.OLD + ",         queued,      myorg",
    })
    void mapsEveryAction(String file, String action, String organization) {
        OutgoingEvent event = event(map(Payloads.tree(file)));

        assertEquals("com.github.workflow_job." + action, event.type());
        assertEquals(organization, event.extensions().get("partitionkey"));
        assertEquals(action, data(event).path("action").asText());
        assertFalse(data(event).path("workflow_job").path("labels").isEmpty());
    }

    @Test
    void toleratesWhatOldServersLeaveOut() {
        ObjectNode data = data(event(map(Payloads.tree(Payloads.OLD))));

        assertFalse(data.path("workflow_job").has("run_attempt"));
        assertFalse(data.path("workflow_job").has("created_at"));
        assertFalse(data.path("workflow_job").has("conclusion"));
        assertFalse(data.has("installation"));
        assertEquals("MYORG", data.path("organization").path("login").asText());
    }

    @Test
    void ignoresARepositoryOfAUser() {
        assertInstanceOf(Mapping.Ignored.class, map(Payloads.tree(Payloads.WAITING_OF_USER)));
    }

    @Test
    void mapsAJobBehindAGate() {
        ObjectNode waiting = Payloads.tree(Payloads.WAITING_OF_USER);
        ((ObjectNode) waiting.path("repository").path("owner")).put("type", "Organization");

        assertEquals("com.github.workflow_job.waiting", event(map(waiting)).type());
    }

    @Test
    void dropsLabelsThatAreNull() {
        ObjectNode completed = Payloads.tree(Payloads.COMPLETED);
        var job = (ObjectNode) completed.path("workflow_job");
        job.putArray("labels").addNull().add("a").addNull().add("b");

        assertEquals(
                "[\"a\",\"b\"]",
                data(event(map(completed))).path("workflow_job").path("labels").toString());
    }

    @Test
    void keepsAUnicodeNameInTheDataOnly() {
        ObjectNode queued = Payloads.tree(Payloads.QUEUED);
        ((ObjectNode) queued.path("workflow_job")).put("name", "빌드 \uD83D\uDE80\r\nce-evil: 1");

        OutgoingEvent event = event(map(queued));

        assertEquals("289782451", event.subject());
        assertEquals(
                "빌드 \uD83D\uDE80\r\nce-evil: 1",
                data(event).path("workflow_job").path("name").asText());
    }

    @Test
    void percentEncodesTheSource() {
        ObjectNode queued = Payloads.tree(Payloads.QUEUED);
        ((ObjectNode) queued.path("repository")).put("url", "https://ghes/r/é \"x\"%20y");

        assertEquals("https://ghes/r/%C3%A9%20%22x%22%20y", event(map(queued)).source());
    }

    @Test
    void takesTheAddressForPeopleIfThereIsNoOther() {
        ObjectNode queued = Payloads.tree(Payloads.QUEUED);
        ((ObjectNode) queued.path("repository")).remove("url");

        assertEquals("https://github.com/Codertocat/Hello-World", event(map(queued)).source());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with space", "ümlaut", "quote\"", "per%cent"})
    void derivesTheIdFromTheBodyIfTheDeliveryHasNoUsableOne(String id) {
        String derived = event(id, null).id();

        assertTrue(derived.matches("sha256-[0-9a-f]{64}"), derived);
        assertEquals(derived, event((String) null, null).id());
        assertNotEquals(DELIVERY, derived);
    }

    @Test
    void continuesATraceOrBeginsOneThatARedeliveryRepeats() {
        String incoming = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

        assertEquals(incoming, event(DELIVERY, incoming).extensions().get("traceparent"));
        String made = event(DELIVERY, "nonsense").extensions().get("traceparent");
        assertEquals(made, event(DELIVERY, null).extensions().get("traceparent"));
        assertTrue(String.valueOf(made).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01"), made);
    }

    @ParameterizedTest
    @CsvSource({
        "/workflow_job,       workflow_job is missing",
        "/workflow_job/id,    workflow_job.id is not a positive number",
        "/repository,         repository is missing",
        "/repository/full_name, repository.full_name is missing",
        "/repository/owner,   organization.login and repository.owner.login are missing",
        "/action,             action is missing",
    })
    void saysWhatIsMissing(String pointer, String problem) {
        ObjectNode queued = Payloads.tree(Payloads.QUEUED);
        int slash = pointer.lastIndexOf('/');
        ((ObjectNode) queued.at(pointer.substring(0, slash))).remove(pointer.substring(slash + 1));

        assertEquals(new Mapping.Malformed(problem), map(queued));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5e30", "\"12\"", "null", "{}"})
    void refusesAJobIdThatIsNone(String id) {
        ObjectNode queued = Payloads.tree(Payloads.QUEUED);
        ((ObjectNode) queued.path("workflow_job"))
                .set("id", Payloads.parse("{\"id\":" + id + "}").path("id"));

        assertInstanceOf(Mapping.Malformed.class, map(queued));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "\"secret\"", "{\"action\": tru}", "\u0000"})
    void refusesWhatIsNotAJsonObject(String body) {
        Mapping mapping = map("workflow_job", "application/json", body.getBytes(UTF_8));

        String problem = assertInstanceOf(Mapping.Malformed.class, mapping).problem();
        assertTrue(problem.startsWith("the payload is not"), problem);
    }

    @ParameterizedTest
    @CsvSource({"workflow_job, rerequested", "workflow_run, completed", "push, ''"})
    void ignoresWhatItDoesNotKnow(String event, String action) {
        ObjectNode payload = Payloads.tree(Payloads.QUEUED).put("action", action);

        assertInstanceOf(
                Mapping.Ignored.class,
                map(event, "application/json", payload.toString().getBytes(UTF_8)));
    }

    @Test
    void readsAForm() {
        String json = Payloads.tree(Payloads.QUEUED).put("note", "a+b & c=d é").toString();
        String form = "before=1&payload=" + URLEncoder.encode(json, UTF_8) + "&after=2";

        OutgoingEvent event =
                event(
                        map(
                                "workflow_job",
                                "application/x-www-form-urlencoded",
                                form.getBytes(UTF_8)));

        assertEquals("com.github.workflow_job.queued", event.type());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "other=1", "payload=%7", "payload=", "payload=%7B"})
    void refusesAFormWithoutAPayload(String form) {
        assertInstanceOf(
                Mapping.Malformed.class,
                map("workflow_job", "application/x-www-form-urlencoded", form.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, true",
        "Application/JSON; charset=utf-8, true",
        "text/plain, false",
        "application/jsonx, false",
        "multipart/form-data; boundary=x, false",
        "'', false"
    })
    void takesJsonAndForms(String contentType, boolean taken) {
        Mapping mapping = map("ping", contentType, new byte[0]);

        assertEquals(taken ? new Mapping.Ping() : new Mapping.Unsupported(), mapping);
    }

    @Test
    void wantsTheNameOfTheEvent() {
        var delivery = new Delivery(null, DELIVERY, "application/json", null, Buffer.buffer());

        assertEquals(
                new Mapping.Malformed("header X-GitHub-Event is missing"),
                WebhookMapping.map(delivery, NOW));
    }

    @Test
    void doesNotShowTheBody() {
        var delivery =
                new Delivery("push", DELIVERY, "application/json", null, Buffer.buffer("secret!"));

        assertEquals("Delivery[push, 7 bytes]", delivery.toString());
    }
}
