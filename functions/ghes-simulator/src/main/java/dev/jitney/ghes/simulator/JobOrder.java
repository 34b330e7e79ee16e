package dev.jitney.ghes.simulator;

import java.time.Duration;
import java.util.List;

/**
 * A job to be queued. Several orders that share a run become one run with several jobs.
 *
 * @param organization its login; created on first use
 * @param repository its name, without the owner; created on first use
 * @param name of the job, any Unicode
 * @param labels its {@code runs-on}
 * @param duration virtual time it takes on a runner
 * @param gate virtual time it stays {@code waiting} before it is queued; zero for no gate
 * @param succeeds whether it ends with {@code success} or {@code failure}
 */
public record JobOrder(
        String organization,
        String repository,
        String name,
        List<String> labels,
        Duration duration,
        Duration gate,
        boolean succeeds) {
    public JobOrder {
        labels = List.copyOf(labels);
        if (duration.isNegative()) throw new IllegalArgumentException("negative: " + duration);
        if (gate.isNegative()) throw new IllegalArgumentException("negative: " + gate);
    }

    /** A job without gate that will succeed. */
    public static JobOrder of(
            String organization, String repository, List<String> labels, Duration duration) {
        return new JobOrder(
                organization, repository, "build", labels, duration, Duration.ZERO, true);
    }

    /** The same, held back by a deployment gate for a virtual time. */
    public JobOrder gated(Duration value) {
        return new JobOrder(organization, repository, name, labels, duration, value, succeeds);
    }
}
