package dev.jitney.ghes.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class GhesSimulatorTest {

    private static final GhesSimulatorConfig CONFIG =
            GhesSimulatorConfig.of("the-token", "the-secret");

    @Test
    void aPortInUseFailsTheStart() {
        try (GhesSimulator first = GhesSimulator.start(CONFIG)) {
            var same = CONFIG.withPort(first.url().getPort());

            assertThrows(IllegalStateException.class, () -> GhesSimulator.start(same));
        }
    }

    @Test
    void closesTwice() {
        GhesSimulator simulator = GhesSimulator.start(CONFIG);

        simulator.close();
        simulator.close();
    }

    @Test
    void anObserverMayCallBack() {
        var running = new AtomicReference<GhesSimulator>();
        var cancelling =
                new GhesObserver() {
                    @Override
                    public void jobQueued(long jobId, String organization) {
                        assertTrue(running.get().cancel(jobId));
                    }
                };
        try (var simulator = GhesSimulator.start(CONFIG.withObserver(cancelling))) {
            running.set(simulator);

            simulator.queueJob("acme", "shop", List.of("x"), Duration.ofMinutes(1));

            assertEquals(1, simulator.state().cancelled());
            assertEquals(0, simulator.state().queued());
        }
    }

    @Test
    void neverPrintsItsSecrets() {
        assertFalse(CONFIG.toString().contains("the-"));
        assertFalse(new JitConfig(7, "the-key").toString().contains("the-"));
    }

    @Test
    void chanceDependsOnSeedQuestionAndIdOnly() {
        var dice = new Dice(7);
        double share = dice.share("swap", 42);

        assertEquals(share, new Dice(7).share("swap", 42));
        assertFalse(share == dice.share("swap", 43));
        assertFalse(share == dice.share("late", 42));
        assertFalse(share == new Dice(8).share("swap", 42));
        assertTrue(dice.happens(1, "swap", 42));
        assertFalse(dice.happens(0, "swap", 42));
        int hits = 0;
        for (int id = 0; id < 10_000; id++) if (dice.happens(0.3, "swap", id)) hits++;
        assertTrue(hits > 2800 && hits < 3200, "hits " + hits);
    }

    @Test
    void faultsAreRatesAndPresetsHaveNames() {
        assertEquals(GhesFaults.heavy(), GhesFaults.of("Heavy"));
        assertEquals(0, GhesFaults.heavy().lostDelivery());
        assertThrows(IllegalArgumentException.class, () -> GhesFaults.of("mild"));
        assertThrows(
                IllegalArgumentException.class, () -> GhesFaults.none().withLostDeliveries(1.1));
    }
}
