package dev.jitney.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jitney.broker.dispatcher.manifest.Manifests;
import dev.jitney.ghes.simulator.GhesSimulator;
import dev.jitney.standalone.system.LocalSystem;
import dev.jitney.standalone.system.Settings;
import dev.jitney.standalone.system.SystemConfig;
import dev.jitney.standalone.system.SystemListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets are changed while the whole system runs, in the order of docs/ghes.md. */
final class RotationIT {
    private static final Path ROOT = Path.of(System.getProperty("jitney.root"));
    private static final String NEW = "n3w-s3cret";

    @TempDir private Path temporary = Path.of("");

    @Test
    void theWebhooksSecretIsChangedWithoutLosingAJob() throws IOException {
        Path app = ROOT.resolve("functions/webhook/target/quarkus-app/quarkus-run.jar");
        assumeTrue(Files.exists(app), "not built: " + app);
        Path data = temporary.resolve("data");
        try (LocalSystem system = LocalSystem.start(config(data), SystemListener.NONE)) {
            GhesSimulator ghes = system.ghes().orElseThrow();
            Path secrets = system.webhookSecretFile();
            String old = Files.readString(secrets).strip();
            queueAndFinish(ghes, 1);

            Files.writeString(secrets, old + "\n" + NEW + "\n");
            await("the new one is accepted", () -> accepts(system, NEW));
            assertTrue(accepts(system, old));
            queueAndFinish(ghes, 2);
            assertEquals(
                    0,
                    Jitney.commandLine()
                            .execute("webhook", "install", "--set-secret", "--data=" + data));
            Files.writeString(secrets, NEW + "\n");
            await("the old one is not accepted any more", () -> !accepts(system, old));
            queueAndFinish(ghes, 3);

            assertEquals(0, ghes.state().failed());
            assertEquals(0, ghes.state().lost());
        }
    }

    private static SystemConfig config(Path data) {
        Manifests manifests = Manifests.read(ROOT.resolve("knative/base"));
        return new SystemConfig(
                ROOT,
                data,
                false,
                0,
                SystemConfig.Outside.simulated(),
                Settings.of(Map.of(), manifests),
                SystemConfig.Trial.calm(SystemConfig.Trial.SPEED),
                false);
    }

    private static void queueAndFinish(GhesSimulator ghes, int ended) {
        ghes.queueJob("octo", "app", List.of("code-linux"), Duration.ofSeconds(30));
        await(ended + " jobs have ended", () -> ghes.state().completed() == ended);
    }

    private static boolean accepts(LocalSystem system, String secret) {
        try {
            var ping = new Delivery("ping", "{}".getBytes(StandardCharsets.UTF_8));
            return ping.send(system.webhookUrl(), secret).statusCode() == 200;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void await(String what, BooleanSupplier holds) {
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (!holds.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "never happened: " + what);
            Thread.onSpinWait();
        }
    }
}
