package dev.jitney.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookConfigTest {

    @Test
    void doesNotStartWithoutASecret() {
        var failure =
                assertThrows(ConfigurationException.class, () -> new WebhookConfig(null, "8s"));

        assertTrue(
                String.valueOf(failure.getMessage())
                        .startsWith("JITNEY_WEBHOOK_SECRETS is not set; write"));
    }

    @ParameterizedTest
    @CsvSource({"8s, PT8S", "PT25S, PT25S", "1500ms, ''", "0.5s, ''", "26s, ''", "8, ''", "'', ''"})
    void takesADeadlineBelowThatOfGhes(String text, String expected) {
        if (!expected.isEmpty()) {
            assertEquals(Duration.parse(expected), new WebhookConfig("secret", text).deadline());
            return;
        }
        var failure =
                assertThrows(ConfigurationException.class, () -> new WebhookConfig("secret", text));
        assertTrue(String.valueOf(failure.getMessage()).startsWith("JITNEY_WEBHOOK_DEADLINE is '"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"${HOME}", "a\\b", "\"quoted\""})
    void takesASecretAsItIs(String secret) {
        var check = new WebhookConfig(secret, "8s").signature().begin();
        check.update(new byte[] {1});

        assertTrue(check.isSignedBy(Sender.hmac(secret, new byte[] {1})));
    }
}
