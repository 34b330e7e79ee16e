package dev.jitney.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Published webhook payloads; src/test/resources/payloads/README.md names their sources. */
final class Payloads {
    static final String QUEUED = "queued.payload.json";
    static final String WAITING_OF_USER = "waiting.payload.json";
    static final String IN_PROGRESS = "in_progress.payload.json";
    static final String COMPLETED = "completed.success.with-organization.payload.json";
    static final String OLD = "arc.org_webhook_workflow_job_with_self_hosted_label_payload.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    private Payloads() {}

    static byte[] bytes(String name) {
        try (var in = Payloads.class.getResourceAsStream("/payloads/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A payload to change. */
    static ObjectNode tree(String name) {
        return parse(new String(bytes(name), UTF_8));
    }

    static ObjectNode parse(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
