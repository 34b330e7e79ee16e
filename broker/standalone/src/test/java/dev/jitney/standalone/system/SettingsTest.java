package dev.jitney.standalone.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.broker.dispatcher.manifest.Manifests;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsTest {
    private static final Manifests MANIFESTS =
            Manifests.read(Path.of(System.getProperty("jitney.root"), "knative/base"));

    @Test
    void followsTheManifestsByDefault() {
        Settings settings = Settings.of(Map.of(), MANIFESTS);

        assertEquals(200, settings.capacity());
        assertEquals(10, settings.orgLimit());
        assertEquals(Map.of(), settings.environment());
    }

    @Test
    void keysOfTheConfigMapBecomeVariables() {
        Settings settings = Settings.of(Map.of("capacity", "50", "org-limit", "3"), MANIFESTS);

        assertEquals(
                Map.of("JITNEY_CAPACITY", "50", "JITNEY_ORG_LIMIT", "3"), settings.environment());
        assertEquals(50, settings.capacity());
        assertEquals(3, settings.orgLimit());
    }

    @Test
    void readsTheKeysOfTheLocalSystem() {
        Settings settings =
                Settings.of(
                        Map.of("tick", "5s", "idle", "1m30s", "broker.fsync", "true"), MANIFESTS);

        assertEquals(Duration.ofSeconds(5), settings.tick());
        assertEquals(Duration.ofSeconds(90), settings.idle());
        assertTrue(settings.forceToDisk());
        assertEquals(Map.of(), settings.environment());
    }

    @Test
    void aTickThatWasGivenStays() {
        Settings settings = Settings.of(Map.of("tick", "5s"), MANIFESTS);

        assertEquals(
                Duration.ofSeconds(5), settings.withTickUnlessSet(Duration.ofSeconds(10)).tick());
    }

    @Test
    void anUnknownKeyIsRefusedWithThoseThatAreKnown() {
        var refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Settings.of(Map.of("capcity", "50"), MANIFESTS));

        assertTrue(
                String.valueOf(refused.getMessage())
                        .contains("unknown key 'capcity'; known: broker.fsync, "));
    }

    @ParameterizedTest
    @CsvSource({
        "capacity,many",
        "capacity,-1",
        "tick,5",
        "tick,0s",
        "idle,soon",
        "broker.fsync,yes",
        "speed,0",
        "ghes-url,http://x"
    })
    void aBadValueIsRefused(String key, String value) {
        assertThrows(
                IllegalArgumentException.class, () -> Settings.of(Map.of(key, value), MANIFESTS));
    }
}
