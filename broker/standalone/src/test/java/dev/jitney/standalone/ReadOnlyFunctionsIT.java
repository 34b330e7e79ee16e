package dev.jitney.standalone;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cluster gives functions a file system that is only to be read: each starts all the same. */
final class ReadOnlyFunctionsIT {
    private static final Path ROOT = Path.of(System.getProperty("jitney.root"));
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path temporary = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"webhook", "admission", "provisioner", "cleanup", "reconciler"})
    void startsWithoutADirectoryForTemporaryFiles(String function) throws Exception {
        Path app = ROOT.resolve("functions").resolve(function).resolve("target/quarkus-app");
        boolean built = Files.exists(app.resolve("quarkus-run.jar"));
        if (!built) {
            System.err.println("SKIPPED " + getClass().getName() + ": not built: " + app);
        }
        assumeTrue(built, "not built: " + app);
        Path log = temporary.resolve("log");
        int port = freePort();

        Process process = started(app, port, log);

        try {
            assertTrue(isReady(process, port), Files.readString(log));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static Process started(Path app, int port, Path log) throws IOException {
        Path secrets = log.resolveSibling("mounted");
        Files.createDirectories(secrets);
        Files.writeString(secrets.resolve("token"), "token1234567890");
        Files.writeString(secrets.resolve("secrets"), "a secret of some length");
        var builder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-Djava.io.tmpdir=" + log.resolveSibling("no-such-directory"),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-jar",
                                "quarkus-run.jar")
                        .directory(app.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        builder.environment()
                .putAll(
                        Map.of(
                                "PORT", Integer.toString(port),
                                "QUARKUS_HTTP_HOST", "127.0.0.1",
                                "K_SINK", "http://127.0.0.1:1/",
                                "KUBERNETES_MASTER", "http://127.0.0.1:1",
                                "JITNEY_GHES_URL", "http://127.0.0.1:1",
                                "JITNEY_GHES_CREDENTIALS", secrets.toString(),
                                "JITNEY_INFINISPAN", "127.0.0.1:1",
                                "JITNEY_WEBHOOK_SECRETS_FILE",
                                        secrets.resolve("secrets").toString()));
        builder.environment()
                .putAll(
                        Map.of(
                                "JITNEY_CAPACITY", "1",
                                "JITNEY_ORG_LIMIT", "1",
                                "JITNEY_CLASSES",
                                        "classes: [{name: code-linux, labels: [code-linux]}]"));
        return builder.start();
    }

    private static boolean isReady(Process process, int port) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready"))
                        .build();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (process.isAlive() && System.nanoTime() < deadline) {
                try {
                    var answer = client.send(request, HttpResponse.BodyHandlers.discarding());
                    if (answer.statusCode() == 200) {
                        return true;
                    }
                } catch (IOException notYet) {
                    // It has not opened its port.
                }
                Thread.sleep(50);
            }
        }
        return false;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
