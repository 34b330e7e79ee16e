package dev.jitney.broker.activator;

/**
 * How many instances a load asks for: Knative's target utilisation of 70 percent, without its
 * averaging over time.
 *
 * @param min fewest instances
 * @param max most instances; 0 is no limit
 * @param concurrency requests one instance takes at the same time; 0 is no limit
 */
record Scale(int min, int max, int concurrency) {
    private static final double UTILISATION = 0.7;

    /** What Knative aims at when nothing limits an instance. */
    private static final int TARGET_BY_DEFAULT = 100;

    int wanted(int load) {
        int target = concurrency == 0 ? TARGET_BY_DEFAULT : concurrency;
        int wanted = Math.max(min, (int) Math.ceil(load / (target * UTILISATION)));
        return max == 0 ? wanted : Math.min(wanted, max);
    }

    boolean hasRoom(int inFlight) {
        return concurrency == 0 || inFlight < concurrency;
    }
}
