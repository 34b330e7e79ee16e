package dev.jitney.simulation.broker;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.funqy.knative.events.CloudEvent;
import io.quarkus.funqy.knative.events.CloudEventBuilder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A CloudEvent as the broker keeps it. */
public record Event(
        String id,
        String source,
        String type,
        @Nullable String subject,
        Instant time,
        Map<String, String> extensions,
        JsonNode data) {

    /** The same with what a broker adds to a dead letter. */
    Event with(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(extensions);
        all.putAll(more);
        return new Event(id, source, type, subject, time, all, data);
    }

    static Event of(CloudEvent<JsonNode> reply) {
        return new Event(
                reply.id(),
                reply.source(),
                reply.type(),
                reply.subject(),
                reply.time().toInstant(),
                reply.extensions(),
                reply.data());
    }

    /** As a function gets it, with its data in the form that the function reads. */
    <T> CloudEvent<T> with(T read) {
        return CloudEventBuilder.create()
                .specVersion("1.0")
                .id(id)
                .source(source)
                .type(type)
                .subject(subject)
                .time(time.atOffset(ZoneOffset.UTC))
                .extensions(extensions)
                .build(read);
    }

    String organization() {
        return extensions.getOrDefault("org", "");
    }
}
