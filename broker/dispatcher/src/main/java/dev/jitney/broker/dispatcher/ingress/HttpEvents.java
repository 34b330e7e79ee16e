package dev.jitney.broker.dispatcher.ingress;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.http.vertx.VertxMessageFactory;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * CloudEvents in HTTP messages.
 *
 * @see <a
 *     href="https://github.com/cloudevents/spec/blob/main/cloudevents/bindings/http-protocol-binding.md">HTTP
 *     protocol binding</a>
 */
public final class HttpEvents {
    private static final String PREFIX = "ce-";

    private HttpEvents() {}

    /**
     * Reads an event in binary or structured mode; the version is kept.
     *
     * @throws NotAnEvent if it is none, is a batch, or lacks a required attribute
     */
    public static CloudEvent read(MultiMap headers, Buffer body) {
        if (contentType(headers).startsWith("application/cloudevents-batch")) {
            throw new NotAnEvent("batches are not accepted", null);
        }
        CloudEvent event;
        try {
            event = VertxMessageFactory.createReader(headers, body).toEvent();
        } catch (RuntimeException wrong) {
            throw new NotAnEvent("not a CloudEvent: " + wrong.getMessage(), wrong);
        }
        require(event.getId(), "id");
        require(event.getType(), "type");
        require(String.valueOf(event.getSource()), "source");
        return event;
    }

    /** Whether a message claims to be an event, in any mode. */
    public static boolean claimsToBeEvent(MultiMap headers) {
        return headers.contains("ce-specversion")
                || contentType(headers).startsWith("application/cloudevents");
    }

    /** Writes the headers of binary mode. */
    public static void writeHeaders(CloudEvent event, MultiMap headers) {
        for (String name : event.getAttributeNames()) {
            Object value = event.getAttribute(name);
            if (value != null) {
                boolean isContentType = name.equals("datacontenttype");
                headers.set(isContentType ? "content-type" : PREFIX + name, text(value));
            }
        }
        for (String name : event.getExtensionNames()) {
            Object value = event.getExtension(name);
            if (value != null) {
                headers.set(PREFIX + name, text(value));
            }
        }
    }

    /** The data of an event; empty when it has none. */
    public static Buffer body(CloudEvent event) {
        CloudEventData data = event.getData();
        return data == null ? Buffer.buffer() : Buffer.buffer(data.toBytes());
    }

    private static String contentType(MultiMap headers) {
        String type = headers.get("content-type");
        return type == null ? "" : type.toLowerCase(Locale.ROOT);
    }

    private static void require(@Nullable String value, String name) {
        if (value == null || value.isEmpty()) {
            throw new NotAnEvent("attribute " + name + " is missing or empty", null);
        }
    }

    /**
     * The value in a header. Knative's brokers do not percent-encode and receivers do not decode,
     * so only what HTTP cannot carry at all is encoded: control characters and non-ASCII.
     */
    private static String text(Object value) {
        String text = value.toString();
        if (text.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            return text;
        }
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b >= ' ' && b < 0x7f) {
                encoded.append((char) b);
            } else {
                encoded.append(String.format(Locale.ROOT, "%%%02X", b & 0xff));
            }
        }
        return encoded.toString();
    }

    /** A message that is no CloudEvent; sending it again changes nothing. */
    public static final class NotAnEvent extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotAnEvent(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
