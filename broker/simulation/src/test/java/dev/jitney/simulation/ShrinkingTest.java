package dev.jitney.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jitney.simulation.check.Invariant;
import dev.jitney.simulation.check.Violation;
import dev.jitney.simulation.check.Waits;
import dev.jitney.simulation.engine.Fault;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ShrinkingTest {
    private static final SimulationOptions HEAVY =
            SimulationOptions.small(1, SimulationFaults.heavy());

    /** Breaks from the 37th job on, where messages are lost and processes killed. */
    private static Attempt broken(SimulationOptions options) {
        boolean breaks =
                options.jobsMax() >= 37
                        && options.faults()
                                .kinds()
                                .containsAll(Set.of(Fault.WEBHOOK_LOST, Fault.FUNCTION_KILLED));
        return breaks ? failed(options, Invariant.ORDER) : passed(options);
    }

    private static Attempt.Failed failed(SimulationOptions options, Invariant invariant) {
        return new Attempt.Failed(
                options, new Violation(invariant, "01:00:00.000", 120, "broken", List.of()));
    }

    private static Attempt passed(SimulationOptions options) {
        return new Attempt.Passed(
                new SimulationReport(
                        options,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        new Waits(),
                        new Waits(),
                        0,
                        0,
                        Map.of(),
                        Map.of()));
    }

    @Test
    void leavesOutTheJobsAndFaultsThatDoNotMatter() throws InterruptedException {
        Attempt.Failed shortest =
                Shrinking.shrink(
                        failed(HEAVY, Invariant.ORDER),
                        ShrinkingTest::broken,
                        InstantSource.system(),
                        Duration.ofMinutes(1),
                        _ -> {});

        assertEquals(37, shortest.options().jobsMax());
        assertEquals(
                Set.of(Fault.WEBHOOK_LOST, Fault.FUNCTION_KILLED),
                shortest.options().faults().kinds());
    }

    @Test
    void keepsALongRunWhenAShorterOneBreaksInAnotherWay() throws InterruptedException {
        Attempt.Failed shortest =
                Shrinking.shrink(
                        failed(HEAVY, Invariant.ONE_PLACE),
                        ShrinkingTest::broken,
                        InstantSource.system(),
                        Duration.ofMinutes(1),
                        _ -> {});

        assertEquals(HEAVY, shortest.options());
    }
}
