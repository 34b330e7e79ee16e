package dev.jitney.webhook;

import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the webhook. What cannot be used stops the start with one line.
 *
 * <ul>
 *   <li>{@code JITNEY_WEBHOOK_SECRETS}: secrets of the webhooks on GHES, separated by line breaks
 *       or commas; at least one, several while they are changed
 *   <li>{@code JITNEY_WEBHOOK_DEADLINE}: how long the broker may take, 1s to 25s, for example 8s
 *       (the default). GHES waits 30 s
 * </ul>
 */
@Singleton
final class WebhookConfig {
    private static final Duration DEADLINE_MIN = Duration.ofSeconds(1);
    private static final Duration DEADLINE_MAX = Duration.ofSeconds(25);

    private final Signature signature;
    private final Duration deadline;

    @Inject
    WebhookConfig(Config config) {
        // Raw: a secret may contain ${ and means it.
        this(
                config.getConfigValue("jitney.webhook-secrets").getRawValue(),
                config.getOptionalValue("jitney.webhook-deadline", String.class).orElse("8s"));
    }

    WebhookConfig(@Nullable String secrets, String deadline) {
        this.signature = signature(secrets);
        this.deadline = deadline(deadline);
    }

    Signature signature() {
        return signature;
    }

    /** How long the broker may take. */
    Duration deadline() {
        return deadline;
    }

    private static Signature signature(@Nullable String secrets) {
        try {
            return Signature.of(secrets == null ? "" : secrets);
        } catch (IllegalArgumentException _) {
            throw new ConfigurationException(
                    "JITNEY_WEBHOOK_SECRETS is not set; write the secret of the webhook on GHES, or"
                            + " several separated by commas. Unsigned webhooks are never accepted");
        }
    }

    private static Duration deadline(String text) {
        String upper = text.strip().toUpperCase(Locale.ROOT);
        try {
            Duration parsed = Duration.parse(upper.startsWith("P") ? upper : "PT" + upper);
            if (parsed.compareTo(DEADLINE_MIN) >= 0 && parsed.compareTo(DEADLINE_MAX) <= 0) {
                return parsed;
            }
        } catch (DateTimeParseException _) {
            // Reported below, like a duration out of range.
        }
        throw new ConfigurationException(
                "JITNEY_WEBHOOK_DEADLINE is '" + text + "'; write 1s to 25s, for example 8s");
    }
}
