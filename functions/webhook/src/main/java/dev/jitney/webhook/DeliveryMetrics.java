package dev.jitney.webhook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Counts deliveries: {@code jitney_webhook_deliveries_total{event,action,outcome}} and {@code
 * jitney_webhook_duration_seconds{outcome}}. Label values are bounded: a stranger's names become
 * {@code other}.
 */
@Singleton
final class DeliveryMetrics {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10)
    };

    private final MeterRegistry registry;

    @Inject
    DeliveryMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * Counts one delivery.
     *
     * @param event {@code X-GitHub-Event}, perhaps not verified
     * @param action of a mapped event; empty for others
     */
    void count(@Nullable String event, String action, Outcome outcome, Duration took) {
        Counter.builder("jitney.webhook.deliveries")
                .description("Webhook deliveries by what became of them")
                .tag("event", eventLabel(event))
                .tag("action", actionLabel(action))
                .tag("outcome", outcome.label())
                .register(registry)
                .increment();
        Timer.builder("jitney.webhook.duration")
                .description("From the request's head to the answer")
                .tag("outcome", outcome.label())
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(took);
    }

    private static String eventLabel(@Nullable String event) {
        if (event == null) {
            return "none";
        }
        return event.equals(WebhookMapping.JOB_EVENT) || event.equals("ping") ? event : "other";
    }

    private static String actionLabel(String action) {
        if (action.isEmpty()) {
            return "none";
        }
        return WebhookMapping.ACTIONS.contains(action) ? action : "other";
    }
}
