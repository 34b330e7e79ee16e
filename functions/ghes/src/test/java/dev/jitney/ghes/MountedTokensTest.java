package dev.jitney.ghes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials are changed while the client lives. */
final class MountedTokensTest {
    private static final String VERSION = "{\"installed_version\":\"3.14.0\"}";

    @TempDir private Path directory;
    private ScriptedServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** A client for which no time passes: it looks at the files when it starts, and when told. */
    private HttpGhes client() {
        InstantSource clock = InstantSource.system();
        var wire = new Wire(server.url(), Trust.OF_THE_JDK, Duration.ofSeconds(5));
        var tokens = new MountedTokens(directory, wire, clock, () -> 0);
        tokens.check();
        return new HttpGhes(server.url(), tokens, Duration.ofSeconds(5), clock);
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(directory.resolve(name), content);
    }

    @Test
    void aNewTokenIsInUseAtOnceWhenTheOldOneIsRefused() throws IOException {
        write("token", "old\n");
        try (HttpGhes ghes = client()) {
            server.answers(200, Map.of(), VERSION);
            assertEquals("3.14.0", ghes.installedVersion());
            write("token", "new\n");
            server.answers(401, Map.of(), "{\"message\":\"Bad credentials\"}");
            server.answers(200, Map.of(), VERSION);

            assertEquals("3.14.0", ghes.installedVersion());
        }
        assertEquals("GET /api/v3/meta Bearer new", server.requests.getLast());
        assertEquals(3, server.requests.size());
    }

    @Test
    void aTokenThatStaysIsRefusedOnce() throws IOException {
        write("token", "old");
        try (HttpGhes ghes = client()) {
            server.answers(401, Map.of(), "{\"message\":\"Bad credentials\"}");

            var failure = assertThrows(GhesRefused.class, ghes::installedVersion);

            assertEquals(401, failure.status());
            assertEquals(1, server.requests.size());
        }
    }

    @Test
    void anAppTakesOverFromAToken() throws IOException {
        write("token", "old");
        try (HttpGhes ghes = client()) {
            server.answers(200, Map.of(), VERSION);
            assertEquals("3.14.0", ghes.installedVersion());
            Files.delete(directory.resolve("token"));
            write("app-id", "7");
            write("private-key", TestKeys.pem(TestKeys.rsa()));
            server.answers(401, Map.of(), "{}");
            server.answers(
                    200,
                    Map.of(),
                    "[{\"id\":5,\"account\":{\"login\":\"acme\",\"type\":\"Organization\"}}]");
            server.answers(
                    201, Map.of(), "{\"token\":\"ghs_1\",\"expires_at\":\"2999-01-01T00:00:00Z\"}");
            server.answers(200, Map.of(), VERSION);

            assertEquals("3.14.0", ghes.installedVersion());
        }
        assertEquals("GET /api/v3/meta Bearer ghs_1", server.requests.getLast());
        assertTrue(server.requests.get(2).startsWith("GET /api/v3/app/installations?per_page=100"));
    }

    @Test
    void doesNotStartWithoutCredentials() {
        var failure = assertThrows(IllegalArgumentException.class, this::client);

        assertTrue(
                String.valueOf(failure.getMessage())
                        .startsWith(directory + " holds no credentials for GHES; write"));
    }
}
