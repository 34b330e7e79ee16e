package dev.jitney.cloudevents;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Keeps a function out of traffic until a SinkBinding has told it where its events go. Only where
 * the function says {@code jitney.sink-required=true}.
 */
@Readiness
@Singleton
public final class SinkReadiness implements HealthCheck {
    private final Sink sink;
    private final boolean required;

    @Inject
    SinkReadiness(
            Sink sink,
            @ConfigProperty(name = "jitney.sink-required", defaultValue = "false")
                    boolean required) {
        this.sink = sink;
        this.required = required;
    }

    @Override
    public HealthCheckResponse call() {
        return sink.isConfigured() || !required
                ? HealthCheckResponse.up("sink")
                : HealthCheckResponse.named("sink")
                        .down()
                        .withData("reason", "K_SINK is not set")
                        .build();
    }
}
