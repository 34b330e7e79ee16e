package dev.jitney.standalone.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {
    @TempDir private Path temporary = Path.of("");

    @Test
    void secretsAreTheOwnersAlone() throws IOException {
        try (DataDirectory data = DataDirectory.open(temporary.resolve("data"), false)) {
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(data.webhookSecretFile())));
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(data.ghesTokenFile())));
            assertNotEquals(
                    Files.readString(data.webhookSecretFile()),
                    Files.readString(data.ghesTokenFile()));
        }
    }

    @Test
    void secretsStayUntilTheyAreCleaned() throws IOException {
        Path path = temporary.resolve("data");
        String first = secret(path, false);

        assertEquals(first, secret(path, false));
        assertNotEquals(first, secret(path, true));
    }

    private static String secret(Path path, boolean clean) throws IOException {
        try (DataDirectory data = DataDirectory.open(path, clean)) {
            return Files.readString(data.webhookSecretFile());
        }
    }

    @Test
    void aDirectoryOfSomebodyElseIsLeftAlone() throws IOException {
        Path precious = Files.writeString(temporary.resolve("precious"), "data");

        assertThrows(StartFailed.class, () -> DataDirectory.open(temporary, true));
        assertTrue(Files.exists(precious));
    }

    @Test
    void onlyOneSystemHoldsIt() {
        Path path = temporary.resolve("data");
        try (DataDirectory _ = DataDirectory.open(path, false)) {
            StartFailed refused =
                    assertThrows(StartFailed.class, () -> DataDirectory.open(path, true));
            assertTrue(String.valueOf(refused.getMessage()).startsWith("a system is already up"));
        }
    }

    @Test
    void nothingTellsOfASystemThatIsGone() {
        Path path = temporary.resolve("data");
        try (DataDirectory data = DataDirectory.open(path, false)) {
            data.replace("up.json", "{}");
        }

        assertFalse(Files.exists(path.resolve("up.json")));
        assertTrue(RunningSystem.on(path).isEmpty());
    }
}
