package dev.jitney.ghes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server on loopback whose certificate an authority has signed that only this test knows. */
final class PrivateCaTest {
    private static final String PASSWORD = "changeit";

    @TempDir private static Path keys;
    @TempDir private Path directory;
    private HttpsServer server;
    private final Path authority = keys.resolve("ca.pem");

    @BeforeAll
    static void sign() throws IOException, InterruptedException {
        keytool("-genkeypair -keyalg EC -alias ca -dname CN=Private -ext bc:c=ca:true");
        keytool("-exportcert -alias ca -rfc -file ca.pem");
        keytool(
                "-genkeypair -keyalg EC -alias ghes -signer ca -dname CN=ghes"
                        + " -ext san=ip:127.0.0.1");
    }

    @BeforeEach
    void start() throws Exception {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context()));
        byte[] body = "{\"installed_version\":\"3.14.2\"}".getBytes(StandardCharsets.UTF_8);
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        Files.writeString(directory.resolve("token"), "ghp_x");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static void keytool(String arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments.split(" ", -1)));
        command.addAll(List.of("-keystore", "keys.p12", "-storepass", PASSWORD));
        Process process =
                new ProcessBuilder(command)
                        .directory(keys.toFile())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
    }

    private SSLContext context() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys.resolve("keys.p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        // What it shows to clients is not the authority's own.
        store.deleteEntry("ca");
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private HttpGhes client(Optional<Path> ca) {
        URI url = URI.create("https://127.0.0.1:" + server.getAddress().getPort());
        return new HttpGhes(GhesConnection.open(new GhesConnection.Access(url, directory, ca)));
    }

    @Test
    void isTrustedWithItsAuthority() {
        try (HttpGhes ghes = client(Optional.of(authority))) {
            assertEquals("3.14.2", ghes.installedVersion());
        }
    }

    @Test
    void isNotTrustedWithoutIt_andSaysWhatToDo() {
        try (HttpGhes ghes = client(Optional.empty())) {
            var failure = assertThrows(GhesUnavailable.class, ghes::installedVersion);

            assertInstanceOf(SSLException.class, failure.getCause());
            assertTrue(String.valueOf(failure.getMessage()).contains("JITNEY_GHES_CA_FILE"));
        }
    }

    @Test
    void isTrustedFromTheMomentTheAuthorityIsMounted() throws Exception {
        Path later = directory.resolve("later.pem");
        try (HttpGhes ghes = client(Optional.of(later))) {
            assertThrows(GhesUnavailable.class, ghes::installedVersion);

            Files.copy(authority, later);

            until(() -> answers(ghes));
        }
    }

    private static boolean answers(HttpGhes ghes) {
        try {
            return ghes.installedVersion().equals("3.14.2");
        } catch (GhesUnavailable untrusted) {
            return false;
        }
    }

    private static void until(BooleanSupplier holds) {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!holds.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "never");
            Thread.onSpinWait();
        }
    }

    @Test
    void aFileThatHoldsNoCertificateIsRefusedAtTheStart() throws Exception {
        Path wrong = Files.writeString(directory.resolve("wrong.pem"), "c2VjcmV0");

        var failure =
                assertThrows(IllegalArgumentException.class, () -> client(Optional.of(wrong)));

        assertTrue(String.valueOf(failure.getMessage()).contains("no certificates in PEM form"));
    }
}
