package dev.jitney.webhook;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * One verified webhook delivery. The headers are as they came, null where missing.
 *
 * @param event {@code X-GitHub-Event}
 * @param id {@code X-GitHub-Delivery}; the same again when somebody redelivers
 * @param contentType {@code Content-Type}
 * @param traceparent W3C trace context
 * @param body raw, as it was signed; empty for events that are not mapped
 */
record Delivery(
        @Nullable String event,
        @Nullable String id,
        @Nullable String contentType,
        @Nullable String traceparent,
        Buffer body) {

    @Override
    public String toString() {
        return "Delivery[" + event + ", " + body.length() + " bytes]";
    }
}
