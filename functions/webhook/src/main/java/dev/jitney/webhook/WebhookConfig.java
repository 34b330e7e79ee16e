package dev.jitney.webhook;

import dev.jitney.ghes.mount.Mounted;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Settings of the webhook. What cannot be used stops the start with one line.
 *
 * <ul>
 *   <li>{@code JITNEY_WEBHOOK_SECRETS_FILE}: file with the secrets of the webhooks on GHES,
 *       separated by line breaks or commas; at least one, several while they are changed. Read
 *       again when it changes
 *   <li>{@code JITNEY_WEBHOOK_DEADLINE}: how long the broker may take, 1s to 25s, for example 8s
 *       (the default). GHES waits 30 s
 * </ul>
 */
@Singleton
final class WebhookConfig {
    private static final Duration DEADLINE_MIN = Duration.ofSeconds(1);
    private static final Duration DEADLINE_MAX = Duration.ofSeconds(25);

    private final Mounted<Signature> signature;
    private final Duration deadline;

    @Inject
    WebhookConfig(
            @ConfigProperty(
                            name = "jitney.webhook-secrets-file",
                            defaultValue = "/etc/jitney/webhook/secrets")
                    Path secrets,
            @ConfigProperty(name = "jitney.webhook-deadline", defaultValue = "8s")
                    String deadline) {
        this.signature = Mounted.file(secrets, Signature::of);
        this.deadline = deadline(deadline);
        check(secrets);
    }

    private void check(Path secrets) {
        try {
            var _ = signature.get();
        } catch (IllegalArgumentException _) {
            throw new ConfigurationException(
                    "JITNEY_WEBHOOK_SECRETS_FILE: "
                            + secrets
                            + " holds no secret; write the secret of the webhook on GHES, or several"
                            + " one a line. Unsigned webhooks are never accepted");
        }
    }

    /** Made of the secrets as of a moment ago. */
    Signature signature() {
        return signature.get();
    }

    /** How long the broker may take. */
    Duration deadline() {
        return deadline;
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
