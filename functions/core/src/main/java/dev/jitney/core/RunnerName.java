package dev.jitney.core;

import java.util.Optional;
import java.util.regex.Matcher;
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
    private static final int CHARACTERS_MAX = 63;

    private static final Pattern JOB_AND_GENERATION =
            Pattern.compile("(?<job>[1-9][0-9]{0,17})(-(?<nth>[1-9][0-9]{0,6}))?");

    public RunnerName {
        if (!isDnsLabel(value)) {
            throw new IllegalArgumentException("not a DNS label: " + value);
        }
    }

    /**
     * The name for a job's runner.
     *
     * @param generation 0 for the first runner granted for the job, at least one more for each
     *     further one
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

    /** What {@link #of} made the name from; empty for a name it did not make for this class. */
    public Optional<Origin> origin(RunnerClassName runnerClass) {
        String prefix = runnerClass + "-";
        if (!value.startsWith(prefix)) {
            return Optional.empty();
        }
        Matcher rest = JOB_AND_GENERATION.matcher(value.substring(prefix.length()));
        if (!rest.matches()) {
            return Optional.empty();
        }
        int nth = rest.group("nth") == null ? 1 : Integer.parseInt(rest.group("nth"));
        return Optional.of(new Origin(new JobId(Long.parseLong(rest.group("job"))), nth - 1));
    }

    /** The job a runner was granted for, and how many names that job had used up before. */
    public record Origin(JobId job, int generation) {}

    @Override
    public int compareTo(RunnerName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
