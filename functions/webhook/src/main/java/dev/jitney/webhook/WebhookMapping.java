package dev.jitney.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jitney.cloudevents.OutgoingEvent;
import dev.jitney.core.event.EventTypes;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns a verified delivery into the CloudEvent that the CloudEvents adapter for GitHub describes:
 * id from the delivery, source the repository's address, type {@code
 * com.github.workflow_job.<action>}. The subject is the job's id, not its name: names are Unicode
 * and not unique. Pure: the same delivery makes the same event, but for its time.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/main/cloudevents/adapters/github.md">The
 *     adapter</a>
 */
final class WebhookMapping {
    static final String JOB_EVENT = "workflow_job";
    static final Set<String> ACTIONS = Set.of("queued", "waiting", "in_progress", "completed");

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String FORM_FIELD = "payload=";
    private static final Pattern DELIVERY_ID = Pattern.compile("[!-~&&[^\"%]]{1,200}");
    private static final Pattern TRACEPARENT =
            Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
    private static final HexFormat HEX = HexFormat.of();
    private static final ObjectMapper JSON = new ObjectMapper();

    private WebhookMapping() {}

    /**
     * Says what to do with a delivery.
     *
     * @param now becomes the event's time
     */
    static Mapping map(Delivery delivery, Instant now) {
        String mediaType = mediaType(delivery.contentType());
        if (!mediaType.equals("application/json") && !mediaType.equals(FORM)) {
            return new Mapping.Unsupported();
        }
        String event = delivery.event();
        if (event == null || event.isBlank()) {
            return new Mapping.Malformed("header X-GitHub-Event is missing");
        }
        if (event.equals("ping")) {
            return new Mapping.Ping();
        }
        if (!event.equals(JOB_EVENT)) {
            return new Mapping.Ignored("event is not " + JOB_EVENT);
        }
        try {
            return mapJob(delivery, mediaType.equals(FORM), now);
        } catch (MalformedPayload e) {
            return new Mapping.Malformed(String.valueOf(e.getMessage()));
        }
    }

    private static Mapping mapJob(Delivery delivery, boolean form, Instant now) {
        JsonNode root =
                parse(form ? formPayload(delivery.body().getBytes()) : delivery.body().getBytes());
        String action = root.path("action").asText("");
        if (action.isEmpty()) {
            return new Mapping.Malformed("action is missing");
        }
        if (!ACTIONS.contains(action)) {
            return new Mapping.Ignored("action is not known");
        }
        var payload = new JobPayload(root);
        if (payload.isOwnedByUser()) {
            return new Mapping.Ignored("repository of a user");
        }
        return new Mapping.Mapped(action, event(delivery, payload, action, now));
    }

    private static OutgoingEvent event(
            Delivery delivery, JobPayload payload, String action, Instant now) {
        String id = idOf(delivery);
        String job = Long.toString(payload.jobId());
        String organization = payload.organization();
        return new OutgoingEvent(
                id,
                ascii(payload.repositoryUrl()),
                EventTypes.GITHUB_PREFIX + JOB_EVENT + "." + action,
                job,
                now,
                Map.of(
                        "partitionkey", organization,
                        "org", organization,
                        "jobid", job,
                        "correlationid", job,
                        "traceparent", traceparent(delivery.traceparent(), id)),
                Buffer.buffer(payload.reduced(action).toString()));
    }

    private static JsonNode parse(byte[] json) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (IOException _) { // Its message quotes the payload.
            throw new MalformedPayload("the payload is not JSON");
        }
        if (root == null || !root.isObject()) {
            throw new MalformedPayload("the payload is not a JSON object");
        }
        return root;
    }

    private static byte[] formPayload(byte[] body) {
        for (String field : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
            if (field.startsWith(FORM_FIELD)) {
                try {
                    return URLDecoder.decode(
                                    field.substring(FORM_FIELD.length()), StandardCharsets.UTF_8)
                            .getBytes(StandardCharsets.UTF_8);
                } catch (IllegalArgumentException _) { // Its message quotes the payload.
                    throw new MalformedPayload("the form field payload is not URL encoded");
                }
            }
        }
        throw new MalformedPayload("the form has no field payload");
    }

    /** The delivery's id, which a redelivery repeats, or one that the body makes. */
    private static String idOf(Delivery delivery) {
        String id = delivery.id();
        return id != null && DELIVERY_ID.matcher(id).matches()
                ? id
                : "sha256-" + HEX.formatHex(sha256(delivery.body().getBytes()));
    }

    /** A trace that came in goes on; else one begins that a redelivery begins again. */
    private static String traceparent(@Nullable String incoming, String id) {
        if (incoming != null && TRACEPARENT.matcher(incoming).matches()) {
            return incoming;
        }
        String hash = HEX.formatHex(sha256(id.getBytes(StandardCharsets.UTF_8)));
        return "00-" + hash.substring(0, 32) + "-" + hash.substring(32, 48) + "-01";
    }

    /** Percent-encodes what may not stand in an HTTP header or a URI reference. */
    private static String ascii(String url) {
        var ascii = new StringBuilder(url.length());
        for (byte b : url.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b > ' ' && b < 0x7f && "\"<>\\^`{|}".indexOf(b) < 0;
            if (plain) {
                ascii.append((char) b);
            } else {
                ascii.append('%').append(HEX.withUpperCase().toHexDigits(b));
            }
        }
        return ascii.toString();
    }

    private static byte[] sha256(byte[] data) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(data);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String mediaType(@Nullable String contentType) {
        if (contentType == null) {
            return "";
        }
        int semicolon = contentType.indexOf(';');
        String type = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
        return type.strip().toLowerCase(Locale.ROOT);
    }
}
