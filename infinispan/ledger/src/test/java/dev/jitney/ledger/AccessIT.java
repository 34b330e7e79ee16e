package dev.jitney.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.infinispan.server.EmbeddedInfinispan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates are made by the JDK's own keytool. */
class AccessIT {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir private Path temporary = Path.of("");

    /** A key with a certificate for one name: the certificate as PEM, and what a server needs. */
    private SSLContext keyFor(String name, Path certificate) throws Exception {
        Path store = temporary.resolve(name + ".p12");
        keytool(
                "-genkeypair",
                "-alias",
                "it",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:" + name,
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit");
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "it",
                "-file",
                certificate.toString(),
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit");
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    private void keytool(String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        Path output = temporary.resolve("keytool.log");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), Files.readString(output));
    }

    private Path secret(String name) throws Exception {
        Path directory = Files.createDirectory(temporary.resolve(name));
        Files.writeString(directory.resolve("username"), "jitney\n");
        Files.writeString(directory.resolve("password"), "hidden\n");
        return directory;
    }

    private static boolean reaches(EmbeddedInfinispan server, Access access) {
        Access nobody = new Access(Optional.empty(), access.tls());
        try (var client = new LedgerClient("localhost:" + server.port(), nobody)) {
            client.connect();
            return client.isReachable();
        }
    }

    @Test
    void trustsTheAuthorityOfTheSecretOnly_andTheNameItAskedFor() throws Exception {
        Path right = secret("right");
        Path other = secret("other");
        Path misnamed = secret("misnamed");
        SSLContext key = keyFor("localhost", right.resolve("ca.crt"));
        var _ = keyFor("nobody", other.resolve("ca.crt"));
        SSLContext elsewhere = keyFor("elsewhere", misnamed.resolve("ca.crt"));
        var config = EmbeddedInfinispan.Config.onLoopback(temporary.resolve("data"), 0);

        try (var server = EmbeddedInfinispan.start(config.withTls(key))) {
            Crowd.until("reachable", () -> reachesQuietly(server, right));
            assertFalse(reaches(server, Access.read(other)));
            assertFalse(reaches(server, Access.OPEN));
        }
        var second = EmbeddedInfinispan.Config.onLoopback(temporary.resolve("data2"), 0);
        try (var server = EmbeddedInfinispan.start(second.withTls(elsewhere))) {
            assertFalse(reaches(server, Access.read(misnamed)));
        }
    }

    @Test
    void throughATunnelItAsksThereAlone_andTheFarEndProvesTheNameItHasInside() throws Exception {
        Path secret = secret("inside");
        SSLContext key = keyFor("infinispan.inside", secret.resolve("ca.crt"));
        Access access = new Access(Optional.empty(), Access.read(secret).tls());
        var config = EmbeddedInfinispan.Config.onLoopback(temporary.resolve("data3"), 0);

        try (var server = EmbeddedInfinispan.start(config.withTls(key));
                var tunnel = Tunnel.to(server.port());
                var client = LedgerClient.through(tunnel.address(), "infinispan.inside", access);
                var other = LedgerClient.through(tunnel.address(), "localhost", access)) {
            Crowd.until("reachable", client::isReachable);
            assertFalse(other.isReachable());
            tunnel.collapse();
            // The server has told where it really listens.
            assertFalse(client.isReachable());
        }
    }

    /** The first call of all may need longer than the second that isReachable gives it. */
    private static boolean reachesQuietly(EmbeddedInfinispan server, Path secret) {
        return reaches(server, Access.read(secret));
    }

    @Test
    void readsTheFilesOfTheSecret_andNamesWhatIsMissing() throws Exception {
        Path secret = secret("plain");

        Access access = Access.read(secret);

        assertEquals(Optional.of(new Access.Login("jitney", "hidden")), access.login());
        assertTrue(access.tls().isEmpty());
        assertFalse(access.toString().contains("hidden"));

        Files.writeString(secret.resolve("ca.crt"), "no certificate");
        assertTrue(refusal(secret).contains("ca.crt is no certificate"), refusal(secret));
        Files.delete(secret.resolve("password"));
        assertTrue(refusal(secret).contains("password: is the Secret"), refusal(secret));
    }

    private static String refusal(Path secret) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> Access.read(secret))
                        .getMessage());
    }
}
