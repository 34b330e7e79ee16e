package dev.jitney.simulation;

/**
 * One run.
 *
 * @param organizations how many there are
 * @param capacity most runners of the cluster
 * @param limit most runners of one organization
 * @param hours virtual time over which jobs arrive and faults strike
 * @param seed the same seed and options give the same run
 * @param faults what goes wrong
 * @param jobsMax only the first so many jobs of the load arrive
 */
public record SimulationOptions(
        int organizations,
        int capacity,
        int limit,
        double hours,
        long seed,
        SimulationFaults faults,
        int jobsMax) {
    public SimulationOptions {
        if (organizations < 1 || organizations > 9_999) {
            throw new IllegalArgumentException("organizations are not 1 to 9999: " + organizations);
        }
        if (capacity < 1 || limit < 1) {
            throw new IllegalArgumentException("capacity and limit must be at least 1");
        }
        if (!(hours > 0 && hours <= 100)) {
            throw new IllegalArgumentException("hours are not above 0 and at most 100: " + hours);
        }
    }

    /** An office day of 1000 organizations. */
    public static SimulationOptions officeDay(long seed, SimulationFaults faults) {
        return new SimulationOptions(1000, 200, 10, 10, seed, faults, Integer.MAX_VALUE);
    }

    /** A short day of a small world, in which jobs wait and organizations meet their limit. */
    public static SimulationOptions small(long seed, SimulationFaults faults) {
        return new SimulationOptions(60, 12, 3, 3, seed, faults, Integer.MAX_VALUE);
    }

    public SimulationOptions withSeed(long other) {
        return new SimulationOptions(organizations, capacity, limit, hours, other, faults, jobsMax);
    }

    public SimulationOptions withFaults(SimulationFaults other) {
        return new SimulationOptions(organizations, capacity, limit, hours, seed, other, jobsMax);
    }

    public SimulationOptions withJobsMax(int other) {
        return new SimulationOptions(organizations, capacity, limit, hours, seed, faults, other);
    }
}
