package dev.jitney.cloudevents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether an HTTP request is a CloudEvent that a function can take: version 1.0 or 0.3, all
 * required attributes, JSON data, in binary or structured mode. Funqy itself checks almost nothing
 * of this and answers 500 to what it cannot read, which brokers repeat.
 *
 * @see <a
 *     href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md">HTTP
 *     binding</a>
 */
final class IncomingCheck {
    private static final List<String> REQUIRED = List.of("id", "source", "type");
    private static final Set<String> VERSIONS = Set.of("1.0", "0.3");
    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch";

    private final ObjectMapper mapper;

    IncomingCheck(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** What is wrong with a request, or empty if Funqy may have it. */
    Optional<Refusal> check(String method, MultiMap headers, @Nullable Buffer body) {
        if (!method.equals("POST")) {
            return Optional.of(new Refusal(405, "only POST of a CloudEvent is accepted"));
        }
        String mediaType = mediaType(headers.get("content-type"));
        if (mediaType.startsWith(BATCH)) {
            return refused("batches of CloudEvents are not accepted");
        }
        boolean hasAttributes = headers.contains("ce-id") || headers.contains("ce-specversion");
        if (!mediaType.equals(STRUCTURED)) {
            return hasAttributes ? checkBinary(headers, mediaType, body) : checkPlain(headers);
        }
        return hasAttributes
                ? refused("both binary and structured mode: ce- headers on " + STRUCTURED)
                : checkStructured(body);
    }

    private static Optional<Refusal> checkPlain(MultiMap headers) {
        return headers.contains("ce-type") || headers.contains("ce-source")
                ? refused("ce-id and ce-specversion are missing")
                : refused("not a CloudEvent: no ce- headers and not " + STRUCTURED);
    }

    private static Optional<Refusal> checkBinary(
            MultiMap headers, String mediaType, @Nullable Buffer body) {
        for (String attribute : REQUIRED) {
            String value = headers.get("ce-" + attribute);
            if (value == null || value.isBlank()) {
                return refused("ce-" + attribute + " is missing");
            }
        }
        if (!VERSIONS.contains(String.valueOf(headers.get("ce-specversion")).strip())) {
            return refused("ce-specversion must be 1.0");
        }
        if (!mediaType.equals("application/json")) {
            return Optional.of(new Refusal(415, "data must be application/json"));
        }
        return isNothing(body) ? refused("the event has no data") : Optional.empty();
    }

    private Optional<Refusal> checkStructured(@Nullable Buffer body) {
        JsonNode event;
        try {
            event = mapper.readTree(body == null ? new byte[0] : body.getBytes());
        } catch (JsonProcessingException e) {
            return refused("the structured event is not JSON");
        } catch (IOException e) {
            return refused("the structured event cannot be read");
        }
        for (String attribute : REQUIRED) {
            if (event.path(attribute).asText("").isBlank()) {
                return refused("attribute " + attribute + " is missing");
            }
        }
        if (!VERSIONS.contains(event.path("specversion").asText(""))) {
            return refused("specversion must be 1.0");
        }
        if (!mediaType(event.path("datacontenttype").asText("application/json"))
                .equals("application/json")) {
            return Optional.of(new Refusal(415, "data must be application/json"));
        }
        return event.hasNonNull("data") ? Optional.empty() : refused("the event has no data");
    }

    /** A JSON null would reach the function as a null parameter. */
    private static boolean isNothing(@Nullable Buffer body) {
        return body == null
                || body.length() == 0
                || (body.length() < 16 && body.toString().strip().equals("null"));
    }

    private static String mediaType(@Nullable String contentType) {
        if (contentType == null) {
            return "";
        }
        int semicolon = contentType.indexOf(';');
        String type = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
        return type.strip().toLowerCase(Locale.ROOT);
    }

    private static Optional<Refusal> refused(String line) {
        return Optional.of(new Refusal(400, line));
    }
}
