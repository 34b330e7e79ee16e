package dev.jitney.standalone.simulate;

import dev.jitney.simulation.SimulationReport;
import dev.jitney.simulation.engine.Nanos;
import java.util.Arrays;

/**
 * How long jobs waited with some capacity and limit. A share of a wait is the smallest wait that
 * more than that share of the jobs did not exceed.
 *
 * @param capacity most runners of the cluster
 * @param limit most runners of one organization
 * @param jobs that got a runner
 * @param p50 wait in milliseconds, as the others
 * @param overMinute share of the jobs that waited more than a minute, 0 to 1
 * @param overFiveMinutes share of the jobs that waited more than five minutes, 0 to 1
 * @param utilization part of the time of all runners, while jobs arrived, in which they ran jobs; 0
 *     to 1
 */
public record PlanRow(
        int capacity,
        int limit,
        int jobs,
        long p50,
        long p90,
        long p95,
        long p99,
        long longest,
        double overMinute,
        double overFiveMinutes,
        double utilization) {
    /** The row of a run. */
    public static PlanRow of(SimulationReport report) {
        var options = report.options();
        double available = options.capacity() * options.hours() * Nanos.HOUR;
        return of(
                options.capacity(),
                options.limit(),
                report.waits().sorted(),
                report.waits().workedNanos() / available);
    }

    /**
     * The row of some waits.
     *
     * @param waits in milliseconds, shortest first
     */
    static PlanRow of(int capacity, int limit, long[] waits, double utilization) {
        return new PlanRow(
                capacity,
                limit,
                waits.length,
                at(waits, 0.50),
                at(waits, 0.90),
                at(waits, 0.95),
                at(waits, 0.99),
                at(waits, 1),
                over(waits, 60_000),
                over(waits, 300_000),
                utilization);
    }

    private static long at(long[] waits, double share) {
        return waits.length == 0
                ? 0
                : waits[(int) Math.min(waits.length - 1, Math.floor(share * waits.length))];
    }

    private static double over(long[] waits, long millis) {
        if (waits.length == 0) {
            return 0;
        }
        return (double) Arrays.stream(waits).filter(each -> each > millis).count() / waits.length;
    }
}
