package dev.jitney.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.infinispan.server.EmbeddedInfinispan;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The policy of a cluster, with the directory of its installation: a server on localhost, as a
 * port-forward shows it, whose certificate is for its name inside the cluster.
 */
final class PolicyOfAClusterIT {
    private static final String INSIDE = "infinispan.jitney-infinispan.svc.cluster.local";
    private static final String PASSWORD = "changeit";

    @TempDir private Path directory;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int jitney(String line) {
        CommandLine jitney = Jitney.commandLine();
        jitney.setOut(new PrintWriter(out));
        jitney.setErr(new PrintWriter(err));
        return jitney.execute(line.replace("@", directory + "/").split(" ", -1));
    }

    private SSLContext key() throws Exception {
        keytool("-genkeypair -keyalg EC -alias it -dname CN=it -ext san=dns:" + INSIDE);
        keytool("-exportcert -alias it -rfc -file infinispan.crt");
        char[] password = PASSWORD.toCharArray();
        KeyStore keys = KeyStore.getInstance(directory.resolve("keys").toFile(), password);
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    private void keytool(String line) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of((line + " -keystore keys -storepass " + PASSWORD).split(" ", -1)));
        Process process =
                new ProcessBuilder(command).directory(directory.toFile()).inheritIO().start();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
    }

    private void install() throws Exception {
        for (String name : List.of("webhook-secret", "token", "infinispan.key")) {
            Files.writeString(directory.resolve(name), "hidden");
        }
        String line =
                "install --no-check --ghes-url https://ghes.corp --registry r.corp/jitney"
                        + " --kafka k:1 --out @site --webhook-secret-file @webhook-secret"
                        + " --ghes-token-file @token --infinispan-cert-file @infinispan.crt"
                        + " --infinispan-key-file @infinispan.key";
        assertEquals(0, jitney(line), err.toString());
    }

    private String password() throws Exception {
        return Files.readString(directory.resolve("site/secrets/infinispan-client/password"));
    }

    @Test
    void isChangedAndExportedThroughAPortForward() throws Exception {
        SSLContext key = key();
        install();
        var config = EmbeddedInfinispan.Config.onLoopback(directory.resolve("data"), 0);
        var asking = config.withTls(key).withLogins(new OneLogin("jitney", password()));
        try (var server = EmbeddedInfinispan.start(asking)) {
            String there = " --installation @site --infinispan localhost:" + server.port();
            assertEquals(0, jitney("policy set capacity 50" + there), err.toString());
            assertEquals(0, jitney("policy drain" + there), err.toString());
            assertTrue(err.toString().contains("the broker was not told"), err.toString());
            assertEquals(0, jitney("policy show" + there), err.toString());
            assertTrue(out.toString().contains("draining: nothing new"), out.toString());
            assertEquals(0, jitney("policy export" + there), err.toString());
            assertTrue(out.toString().contains("\ncapacity: 50\n"), out.toString());

            Files.writeString(
                    directory.resolve("site/secrets/infinispan-client/password"), "another");
            assertEquals(1, jitney("policy show" + there));
            assertTrue(err.toString().contains("is this its password"), err.toString());

            assertEquals(1, jitney("policy show --infinispan-name other" + there));
            assertTrue(err.toString().contains("is its certificate for other and"), err.toString());
        }
    }
}
