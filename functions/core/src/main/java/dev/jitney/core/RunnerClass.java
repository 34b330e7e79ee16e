package dev.jitney.core;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * A kind of runner and the labels it serves.
 *
 * @param labels what a runner of this class is registered with, lower case, not empty
 * @param limit most runners of the class at the same time; {@link Integer#MAX_VALUE} for no limit
 * @param group name of the runner group of the organization that its runners are registered in;
 *     empty for the organization's default group
 */
public record RunnerClass(RunnerClassName name, List<String> labels, int limit, String group) {
    public RunnerClass {
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("runner class " + name + " has no labels");
        }
        if (limit < 0) {
            throw new IllegalArgumentException("limit of " + name + " is negative: " + limit);
        }
        labels = labels.stream().map(label -> label.toLowerCase(Locale.ROOT)).distinct().toList();
    }

    /** A class without a limit, in the default group. */
    public static RunnerClass of(String name, String... labels) {
        return new RunnerClass(new RunnerClassName(name), List.of(labels), Integer.MAX_VALUE, "");
    }

    public RunnerClass withLimit(int most) {
        return new RunnerClass(name, labels, most, group);
    }

    /** Tells whether a job with these {@code runs-on} labels may run here; none serves no label. */
    public boolean serves(Collection<String> runsOn) {
        return !runsOn.isEmpty()
                && runsOn.stream()
                        .allMatch(label -> labels.contains(label.toLowerCase(Locale.ROOT)));
    }
}
