package dev.jitney.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

final class DeterminismTest {
    private static final SimulationOptions HEAVY =
            SimulationOptions.small(7, SimulationFaults.heavy());

    @Test
    void theSameSeedGivesTheSameRun() throws InterruptedException {
        SimulationReport first = Simulation.run(HEAVY, Wired.MANIFESTS);
        SimulationReport second = Simulation.run(HEAVY, Wired.MANIFESTS);

        assertEquals(first.hash(), second.hash());
        assertEquals(first.effects(), second.effects());
        assertEquals(first.faults(), second.faults());
        assertEquals(first.repairs(), second.repairs());
        assertArrayEquals(first.waits().sorted(), second.waits().sorted());
    }

    @Test
    void anotherSeedGivesAnotherRun() throws InterruptedException {
        long first = Simulation.run(HEAVY, Wired.MANIFESTS).hash();
        long second = Simulation.run(HEAVY.withSeed(8), Wired.MANIFESTS).hash();

        assertNotEquals(first, second);
    }
}
