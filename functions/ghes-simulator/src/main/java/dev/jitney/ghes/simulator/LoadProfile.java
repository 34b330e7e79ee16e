package dev.jitney.ghes.simulator;

import java.time.Duration;
import java.util.List;

/**
 * An office hour of pushes.
 *
 * @param organizations how many share the load, unequally
 * @param jobs how many jobs there are
 * @param seed the same seed gives the same load
 * @param duration virtual time over which they arrive
 * @param meanJob virtual time a job takes on average; the durations are log-normal
 * @param labels the {@code runs-on} of jobs, each of these equally often
 * @param gatedShare share of the jobs that wait at a deployment gate first, from 0 to 1
 */
public record LoadProfile(
        int organizations,
        int jobs,
        long seed,
        Duration duration,
        Duration meanJob,
        List<List<String>> labels,
        double gatedShare) {

    private static final int ORGANIZATIONS_MAX = 100_000;
    private static final int JOBS_MAX = 1_000_000;

    public LoadProfile {
        if (organizations < 1 || organizations > ORGANIZATIONS_MAX) {
            throw new IllegalArgumentException("organizations: " + organizations);
        }
        if (jobs < 0 || jobs > JOBS_MAX) throw new IllegalArgumentException("jobs: " + jobs);
        if (!duration.isPositive()) throw new IllegalArgumentException("duration: " + duration);
        if (!meanJob.isPositive()) throw new IllegalArgumentException("meanJob: " + meanJob);
        if (labels.isEmpty()) throw new IllegalArgumentException("no labels");
        if (!(gatedShare >= 0 && gatedShare <= 1)) {
            throw new IllegalArgumentException("gatedShare: " + gatedShare);
        }
        labels = labels.stream().map(List::copyOf).toList();
    }

    /** One virtual hour of jobs of eleven minutes, enough for 200 runners at 1000 jobs. */
    public static LoadProfile of(int organizations, int jobs, long seed) {
        return new LoadProfile(
                organizations,
                jobs,
                seed,
                Duration.ofHours(1),
                Duration.ofMinutes(11),
                List.of(List.of("code-linux")),
                0.02);
    }
}
