package dev.jitney.core;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Name of a runner: of its lease, its registration on GitHub, its pod and its Secret.
 *
 * <p>Derived from the job it is granted for, so that repeating a step names the same things again.
 * A runner may end up serving another job of its organization; its name does not change.
 *
 * @param value a DNS label of at most 63 characters (Kubernetes; GitHub allows 64)
 */
public record RunnerName(String value) implements Comparable<RunnerName> {
    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    public RunnerName {
        if (!DNS_LABEL.matcher(value).matches()) {
            throw new IllegalArgumentException("not a DNS label: " + value);
        }
    }

    /**
     * The name for a job's runner.
     *
     * @param generation 0 for the first runner granted for the job, one more after each requeue
     */
    public static RunnerName of(RunnerClassName runnerClass, JobId job, int generation) {
        String base = runnerClass + "-" + job;
        return new RunnerName(generation == 0 ? base : base + "-" + (generation + 1));
    }

    /** A runner's name as GitHub reports it; empty for one that cannot be ours. */
    public static Optional<RunnerName> parse(String name) {
        return DNS_LABEL.matcher(name).matches()
                ? Optional.of(new RunnerName(name))
                : Optional.empty();
    }

    @Override
    public int compareTo(RunnerName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
