package dev.jitney.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.simulation.engine.Fault;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many short days of a small world, each with all invariants after every step. */
final class SmallWorldSimulationTest {
    private static final int FIXED = 150;
    private static final int FRESH = 30;
    private static final int AT_ONCE = 2;

    @Test
    void nothingBreaksOnBadDays() throws InterruptedException {
        List<SimulationReport> reports = passes(SimulationFaults.heavy(), 1, FIXED);

        for (Fault fault : Fault.values()) {
            int struck =
                    reports.stream().mapToInt(each -> each.faults().getOrDefault(fault, 0)).sum();
            boolean ofTheLoad = fault.name().startsWith("JOB_");
            assertTrue(
                    struck > 0 || ofTheLoad || fault.heavy() == 0,
                    fault + " never struck: it tests nothing");
        }
        assertTrue(
                reports.stream().allMatch(each -> each.waitMillis(0.9) > 60_000),
                "jobs do not wait: the line is not tested");
    }

    @Test
    void nothingBreaksOnDaysThatNobodyHasSeenBefore() throws InterruptedException {
        long first = InstantSource.system().millis();
        System.out.printf(
                "*** fresh seeds %d..%d, repeat one with ./jitney simulate --orgs 60 --capacity 12"
                        + " --limit 3 --hours 3 --faults heavy --seed N%n",
                first, first + FRESH - 1);

        passes(SimulationFaults.heavy(), first, first + FRESH - 1);
    }

    /** Then even a registration that nothing stands for counts as a runner. */
    @Test
    void noRegistrationOutlivesItsPlaceWhereGithubTellsOfAll() throws InterruptedException {
        SimulationFaults open =
                SimulationFaults.heavy()
                        .without(Fault.GHES_FORBIDDEN)
                        .without(Fault.GHES_STALE_LIST)
                        .without(Fault.STORE_WIPED);

        passes(open, 1_001, 1_020);
    }

    @Test
    void withoutFaultsNothingIsRepairedButCounters() throws InterruptedException {
        for (SimulationReport report : passes(SimulationFaults.off(), 1, 5)) {
            assertEquals(report.jobs(), report.ran());
            assertEquals(12, report.peak());
            assertTrue(report.faults().isEmpty());
        }
    }

    private static List<SimulationReport> passes(SimulationFaults faults, long first, long last)
            throws InterruptedException {
        List<SimulationReport> reports = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        Seeds.run(
                SimulationOptions.small(first, faults),
                first,
                last,
                AT_ONCE,
                Wired.MANIFESTS,
                attempt -> {
                    switch (attempt) {
                        case Attempt.Passed(SimulationReport report) -> reports.add(report);
                        case Attempt.Failed failed ->
                                failures.add(
                                        "seed "
                                                + failed.options().seed()
                                                + ": "
                                                + failed.violation().getMessage()
                                                + "\n"
                                                + String.join("\n", failed.violation().tail()));
                    }
                });
        assertTrue(failures.isEmpty(), () -> String.join("\n\n", failures));
        return reports;
    }
}
