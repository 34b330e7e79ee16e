package dev.jitney.core;

import java.util.Optional;

/**
 * Name of a runner: of its lease, its registration on GitHub, its pod and its Secret.
 *
 * <p>Derived from the job it is granted for, so that repeating a step names the same things again.
 * A runner may end up serving another job of its organization; its name does not change.
 *
 * @param value a DNS label of at most 63 characters (Kubernetes; GitHub allows 64)
 */
public record RunnerName(String value) implements Comparable<RunnerName> {
    private static final int CHARACTERS_MAX = 63;

    public RunnerName {
        if (!isDnsLabel(value)) {
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
        return isDnsLabel(name) ? Optional.of(new RunnerName(name)) : Optional.empty();
    }

    /** Names are made for every job in line at every step: a regular expression costs too much. */
    private static boolean isDnsLabel(String text) {
        int length = text.length();
        if (length == 0
                || length > CHARACTERS_MAX
                || text.charAt(0) == '-'
                || text.charAt(length - 1) == '-') {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-') {
                return false;
            }
        }
        return true;
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
