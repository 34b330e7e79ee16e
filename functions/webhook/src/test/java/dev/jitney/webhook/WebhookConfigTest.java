package dev.jitney.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookConfigTest {

    @TempDir private Path directory;

    private WebhookConfig config(String secrets, String deadline) {
        return new WebhookConfig(write(secrets), deadline);
    }

    private Path write(String secrets) {
        try {
            return Files.writeString(directory.resolve("secrets"), secrets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean accepts(WebhookConfig config, String secret) {
        var check = config.signature().begin();
        check.update(new byte[] {1});
        return check.isSignedBy(Sender.hmac(secret, new byte[] {1}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n,\n"})
    void doesNotStartWithoutASecret(String secrets) {
        var failure = assertThrows(ConfigurationException.class, () -> config(secrets, "8s"));

        assertTrue(
                String.valueOf(failure.getMessage())
                        .startsWith("JITNEY_WEBHOOK_SECRETS_FILE: " + directory));
    }

    @Test
    void doesNotStartWithoutTheFile() {
        Path absent = directory.resolve("absent");

        assertThrows(ConfigurationException.class, () -> new WebhookConfig(absent, "8s"));
    }

    @Test
    void takesChangedSecretsWithoutARestart() {
        WebhookConfig config = config("old", "8s");
        assertTrue(accepts(config, "old"));

        write("old\nnew\n");
        until(() -> accepts(config, "new"));
        assertTrue(accepts(config, "old"));

        write("new\n");
        until(() -> !accepts(config, "old"));
        assertTrue(accepts(config, "new"));
    }

    private static void until(BooleanSupplier holds) {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!holds.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "never");
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @CsvSource({"8s, PT8S", "PT25S, PT25S", "1500ms, ''", "0.5s, ''", "26s, ''", "8, ''", "'', ''"})
    void takesADeadlineBelowThatOfGhes(String text, String expected) {
        if (!expected.isEmpty()) {
            assertEquals(Duration.parse(expected), config("secret", text).deadline());
            return;
        }
        var failure = assertThrows(ConfigurationException.class, () -> config("secret", text));
        assertTrue(String.valueOf(failure.getMessage()).startsWith("JITNEY_WEBHOOK_DEADLINE is '"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"${HOME}", "a\\b", "\"quoted\""})
    void takesASecretAsItIs(String secret) {
        assertTrue(accepts(config(secret, "8s"), secret));
    }
}
