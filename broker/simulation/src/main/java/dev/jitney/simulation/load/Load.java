package dev.jitney.simulation.load;

import dev.jitney.simulation.SimulationFaults;
import dev.jitney.simulation.SimulationOptions;
import dev.jitney.simulation.engine.Fault;
import dev.jitney.simulation.engine.Nanos;
import dev.jitney.simulation.ghes.JobPlan;
import dev.jitney.simulation.ghes.OfficeDay;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The jobs that arrive at a run. The same load may be given to runs of different capacity and
 * limit, at the same time.
 *
 * @param organizations their logins, each once; every job is of one of them
 * @param jobs in the order of their arrival
 * @param hours over which they arrive; above 0
 */
public record Load(List<String> organizations, List<JobPlan> jobs, double hours) {
    /** Share of the capacity that the work of an office day would fill if it came evenly. */
    private static final double UTILIZATION = 0.85;

    /** More than a runner takes, beside its job, until its place is free again. */
    private static final long TURNAROUND = 30 * Nanos.SECOND;

    public Load {
        organizations = List.copyOf(organizations);
        jobs = List.copyOf(jobs);
    }

    /** The office day that belongs to the capacity and limit of the options. */
    public static Load officeDay(SimulationOptions options) {
        SimulationFaults faults = options.faults();
        return new Load(
                OfficeDay.logins(options.organizations()),
                new OfficeDay(
                                options.organizations(),
                                options.capacity(),
                                options.limit(),
                                options.hours(),
                                UTILIZATION,
                                faults.rate(Fault.JOB_GATED),
                                faults.rate(Fault.JOB_CANCELLED),
                                faults.rate(Fault.JOB_RERUN),
                                faults.rate(Fault.JOB_LARGE))
                        .jobs(options.seed()),
                options.hours());
    }

    /** A run under this load. */
    public SimulationOptions options(
            int capacity, int limit, long seed, SimulationFaults faults, int jobsMax) {
        return new SimulationOptions(
                organizations.size(), capacity, limit, hours, seed, faults, jobsMax);
    }

    /** The first jobs, at most so many. */
    public List<JobPlan> first(int jobsMax) {
        return jobs.subList(0, Math.min(jobs.size(), jobsMax));
    }

    /** What all jobs work together, in nanoseconds. */
    public long workNanos() {
        return jobs.stream().mapToLong(JobPlan::duration).sum();
    }

    /**
     * How much later than usual everything may end, in nanoseconds: twice what the capacity or the
     * limit leaves undone when arrivals stop, and what the longest job takes.
     */
    public long overhang(SimulationOptions options) {
        Map<String, Long> byOrganization = new HashMap<>();
        long all = 0;
        long longest = 0;
        for (JobPlan job : first(options.jobsMax())) {
            long held = job.duration() + TURNAROUND;
            all += held;
            longest = Math.max(longest, job.duration());
            byOrganization.merge(job.organization(), held, Long::sum);
        }
        long most = byOrganization.values().stream().mapToLong(each -> each).max().orElse(0);
        long needed = Math.max(all / options.capacity(), most / options.limit());
        return 2 * Math.max(0, needed - (long) (hours * Nanos.HOUR))
                + Math.max(0, longest - Nanos.HOUR);
    }
}
