package dev.jitney.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.simulation.engine.Nanos;
import dev.jitney.simulation.ghes.JobPlan;
import dev.jitney.simulation.load.Load;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Waits that can be computed by hand: one runner, three jobs that want it at the same time. */
final class OneRunnerTest {
    /** A pod is scheduled within 6 s and its runner is online soon after. */
    private static final long START_MAX_MILLIS = 30_000;

    private static JobPlan job(int run, int atSeconds, int seconds) {
        return new JobPlan(
                atSeconds * Nanos.SECOND,
                run,
                "octo",
                "octo/app",
                seconds * Nanos.SECOND,
                0,
                -1,
                false,
                false);
    }

    private static SimulationReport run(Load load, int capacity, int limit)
            throws InterruptedException {
        SimulationOptions options =
                load.options(capacity, limit, 1, SimulationFaults.off(), Integer.MAX_VALUE);
        return Simulation.run(options, load, Wired.MANIFESTS);
    }

    @Test
    void eachWaitsForThoseBeforeIt() throws InterruptedException {
        Load load =
                new Load(
                        List.of("octo"),
                        List.of(job(1, 0, 600), job(2, 10, 120), job(3, 20, 60)),
                        1);

        SimulationReport report = run(load, 1, 1);

        long[] waits = report.waits().sorted();
        long first = waits[0];
        long second = waits[1] - (first + 600_000 - 10_000);
        long third = waits[2] - (waits[1] + 120_000 - 10_000);
        assertEquals(3, waits.length);
        for (long start : new long[] {first, second, third}) {
            assertTrue(start > 0 && start < START_MAX_MILLIS, "a runner took " + start + " ms");
        }
        assertEquals(780 * Nanos.SECOND, report.waits().workedNanos());
        assertEquals(1, report.peak());
    }

    @Test
    void nobodyWaitsForAnotherWhenThereIsRoom() throws InterruptedException {
        Load load =
                new Load(
                        List.of("octo"),
                        List.of(job(1, 0, 600), job(2, 10, 120), job(3, 20, 60)),
                        1);

        SimulationReport report = run(load, 3, 3);

        assertTrue(report.waitMillis(1) < START_MAX_MILLIS, report.waitMillis(1) + " ms");
        assertEquals(3, report.peak());
    }

    /** 40 h of work for one runner arrive in one hour: a result, and no failure. */
    @Test
    void tooLittleCapacityIsWaitedOut() throws InterruptedException {
        List<JobPlan> jobs = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            jobs.add(job(i + 1, i * 60, 3_600));
        }

        SimulationReport report = run(new Load(List.of("octo"), jobs, 1), 1, 1);

        assertEquals(40, report.ran());
        assertTrue(report.waitMillis(1) > (39L * 3_600 - 39 * 60) * 1_000);
        long worked = report.waits().workedNanos();
        long idle = Nanos.HOUR - worked;
        assertEquals(report.waits().sorted()[0], idle / Nanos.MILLI);
    }
}
