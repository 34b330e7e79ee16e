package dev.jitney.reconciler;

import dev.jitney.ghes.GhesConnection;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Tells in time that the personal access token ends: as a metric, and in the log once an hour from
 * {@code JITNEY_GHES_TOKEN_WARN} before its end. GHES says when that is with every answer; of a
 * GitHub App there is nothing to tell.
 */
@Singleton
final class TokenExpiry {
    private static final Logger LOG = Logger.getLogger(TokenExpiry.class);

    /** By then a tick has called GHES. */
    private static final Duration FIRST = Duration.ofMinutes(1);

    private static final Duration EVERY = Duration.ofHours(1);

    void watch(
            @Observes StartupEvent event,
            GhesConnection ghes,
            MeterRegistry metrics,
            Vertx vertx,
            @ConfigProperty(name = "jitney.ghes-token-warn", defaultValue = "14d")
                    Duration before) {
        Gauge.builder("jitney.ghes.token.expires.timestamp", ghes, TokenExpiry::epochSecond)
                .baseUnit("seconds")
                .description("When the personal access token for GHES ends; NaN if it is not known")
                .strongReference(true)
                .register(metrics);
        vertx.setPeriodic(
                FIRST.toMillis(),
                EVERY.toMillis(),
                _ ->
                        warning(ghes.tokenFacts().expires(), Instant.now(), before)
                                .ifPresent(LOG::warn));
    }

    private static double epochSecond(GhesConnection ghes) {
        return ghes.tokenFacts()
                .expires()
                .map(Instant::getEpochSecond)
                .map(Long::doubleValue)
                .orElse(Double.NaN);
    }

    /** What to say about a token that ends; nothing while there is time. */
    static Optional<String> warning(Optional<Instant> expires, Instant now, Duration before) {
        return expires.filter(then -> now.plus(before).isAfter(then))
                .map(
                        then ->
                                "the token for GHES ends in %d days, on %s; runbook=%s"
                                        .formatted(
                                                Math.max(0, Duration.between(now, then).toDays()),
                                                then,
                                                "token-expires"));
    }
}
