package dev.jitney.reconciler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jitney.core.reconcile.Patience;
import dev.jitney.core.reconcile.PodPatience;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private static SmallRyeConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(PatienceSettings.class)
                .withMapping(ReconcilerSettings.class)
                .withDefaultValues(settings)
                .build();
    }

    @Test
    void whatIsNotSetIsStandard() {
        SmallRyeConfig config = config(Map.of());
        var patience = config.getConfigMapping(PatienceSettings.class);

        assertEquals(Patience.STANDARD, PatienceSettings.ofLedgers(patience));
        assertEquals(
                new JobCheck.Ages(
                        Duration.ofSeconds(45),
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(10)),
                PatienceSettings.ofJobs(patience));
        assertEquals(PodPatience.STANDARD, PatienceSettings.ofPods(patience));
        assertEquals(Duration.ofSeconds(20), patience.untold());
        var settings = config.getConfigMapping(ReconcilerSettings.class);
        assertEquals(400, settings.callsPerTick());
    }

    @Test
    void timeMayBeCompressed() {
        var patience =
                config(Map.of("jitney.patience.unmade", "PT0.5S", "jitney.patience.offline", "9s"))
                        .getConfigMapping(PatienceSettings.class);

        assertEquals(Duration.ofMillis(500), PatienceSettings.ofLedgers(patience).unmade());
        assertEquals(Duration.ofSeconds(9), PatienceSettings.ofJobs(patience).offline());
    }
}
