package dev.jitney.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.ghes.simulator.GhesSimulator;
import dev.jitney.ghes.simulator.GhesSimulatorConfig;
import dev.jitney.ghes.simulator.GhesSite;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands doctor and webhook install, against a simulated GHES. */
final class DoctorCommandTest {
    private static final String URL = "http://127.0.0.1:1/webhook";

    @TempDir private Path directory;
    private @Nullable GhesSimulator simulator;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void stop() {
        if (simulator != null) {
            simulator.close();
        }
    }

    private GhesSimulator start(GhesSite site) {
        GhesSimulator made =
                GhesSimulator.start(
                        GhesSimulatorConfig.of("t0ken", "s3cret")
                                .withWebhookUrl(URI.create(URL))
                                .withSite(site));
        made.createOrganization("acme", List.of("shop"));
        simulator = made;
        return made;
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    private int run(String... arguments) {
        CommandLine jitney = Jitney.commandLine();
        jitney.setOut(new PrintWriter(out));
        jitney.setErr(new PrintWriter(err));
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--data", directory.resolve("nothing-up").toString()));
        int code = jitney.execute(all.toArray(String[]::new));
        assertFalse((out.toString() + err).contains("t0ken"), "a token was printed");
        return code;
    }

    private int doctor(URI url, Path credentials, String... more) {
        List<String> all = new ArrayList<>(List.of("doctor", "--ghes-url", url.toString()));
        boolean isDirectory = Files.isDirectory(credentials);
        all.add(isDirectory ? "--ghes-credentials" : "--ghes-token-file");
        all.add(credentials.toString());
        all.addAll(List.of("--url", URL, "--only", "ghes"));
        all.addAll(List.of(more));
        return run(all.toArray(String[]::new));
    }

    @Test
    void findsNothingWrongWithAGoodServer() throws IOException {
        URI url = start(GhesSite.usual()).url();

        assertEquals(0, doctor(url, write("token", "t0ken")), out.toString());

        assertFalse(out.toString().contains("FAIL"), out.toString());
        assertTrue(out.toString().contains("webhook       ok    server: webhook is as it should"));
    }

    @Test
    void saysWhatIsWrong_andWhatToDo() throws IOException {
        GhesSite site =
                GhesSite.usual()
                        .withVersion("3.9.1")
                        .withScopes("repo")
                        .withTokenExpires(Instant.now().plus(Duration.ofDays(3)));
        URI url = start(site).url();

        assertEquals(1, doctor(url, write("token", "t0ken")));

        assertTrue(out.toString().contains("FAIL  version 3.9.1"), out.toString());
        // What the first look finds is mended first.
        assertTrue(out.toString().contains("warn  not looked at"), out.toString());
    }

    @Test
    void speaksJson() throws IOException {
        GhesSite site =
                GhesSite.usual()
                        .withScopes("repo")
                        .withTokenExpires(Instant.now().plus(Duration.ofDays(3)));
        URI url = start(site).url();

        assertEquals(1, doctor(url, write("token", "t0ken"), "--json"));

        List<String> found =
                new JsonArray(out.toString())
                        .stream()
                                .map(JsonObject.class::cast)
                                .filter(each -> !each.getString("level").equals("ok"))
                                .map(
                                        each ->
                                                each.getString("topic")
                                                        + " "
                                                        + each.getString("level"))
                                .toList();
        assertEquals(List.of("credentials fail", "credentials warn", "organizations fail"), found);
    }

    @Test
    void looksAtAnApp() throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair keys = generator.generateKeyPair();
        var app =
                new GhesSite.App(
                        7,
                        keys.getPublic(),
                        Map.of(
                                "organization_self_hosted_runners", "write",
                                "actions", "read",
                                "metadata", "read"),
                        List.of("workflow_job"),
                        Set.of("stranger"),
                        Duration.ofHours(1));
        GhesSimulator ghes = start(GhesSite.usual().withApp(app));
        ghes.createOrganization("stranger", List.of());
        write("app-id", "7");
        String key = Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded());
        write("private-key", key);

        assertEquals(1, doctor(ghes.url(), directory, "--scope", "app"));

        assertTrue(
                out.toString()
                        .contains("App is installed in 1 of 2 organizations; not in stranger"),
                out.toString());
        assertTrue(out.toString().contains("FAIL  app: webhook posts nowhere"), out.toString());

        assertEquals(0, install(ghes.url(), directory, "--scope", "app"), out.toString());
        assertEquals(0, doctor(ghes.url(), directory, "--scope", "app"), out.toString());
        assertFalse(out.toString().contains(key.substring(0, 40)));
    }

    private int install(URI url, Path credentials, String... more) throws IOException {
        Path secret = write("secret", "old-s3cret\ns3cret\n");
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "webhook",
                                "install",
                                "--ghes-url",
                                url.toString(),
                                "--ghes-credentials",
                                credentials.toString(),
                                "--url",
                                URL,
                                "--secret-file",
                                secret.toString()));
        all.addAll(List.of(more));
        int code = run(all.toArray(String[]::new));
        assertFalse((out.toString() + err).contains("s3cret"), "a secret was printed");
        return code;
    }

    @Test
    void installsWebhooksOfAllOrganizations() throws IOException {
        GhesSimulator ghes = start(GhesSite.usual());
        ghes.createOrganization("other", List.of());
        write("token", "t0ken");

        assertEquals(1, install(ghes.url(), directory, "--scope", "organization", "--check"));
        assertEquals(
                0,
                install(ghes.url(), directory, "--scope", "organization", "--no-ping"),
                out + "");
        assertTrue(out.toString().contains("other: webhook 12 made"), out.toString());
        assertEquals(0, install(ghes.url(), directory, "--scope", "organization", "--check"));
    }

    @Test
    void aServerThatIsNotThereIsAFinding_andBadCredentialsAreOneLine() throws IOException {
        URI nowhere = URI.create("http://127.0.0.1:1");
        assertEquals(1, doctor(nowhere, write("token", "t0ken")));
        assertTrue(out.toString().contains("FAIL  it does not answer"), out.toString());

        assertEquals(1, doctor(nowhere, write("empty", "")));
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().contains("holds no token"), err.toString());
    }
}
