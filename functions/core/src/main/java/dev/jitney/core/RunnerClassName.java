package dev.jitney.core;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Name of a runner class.
 *
 * @param value lower-case letters, digits and hyphens, at most 35 characters: a runner's name adds
 *     a job id and a generation to it and must stay a DNS label
 */
public record RunnerClassName(String value) implements Comparable<RunnerClassName> {
    private static final Pattern VALID = Pattern.compile("[a-z0-9]([-a-z0-9]{0,33}[a-z0-9])?");

    public RunnerClassName {
        if (!VALID.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "runner class name must be 1 to 35 of a-z, 0-9 and '-', not starting or ending"
                            + " with '-': "
                            + value);
        }
    }

    /** A name that somebody may have edited; empty for one that cannot be a class. */
    public static Optional<RunnerClassName> parse(String name) {
        return VALID.matcher(name).matches()
                ? Optional.of(new RunnerClassName(name))
                : Optional.empty();
    }

    @Override
    public int compareTo(RunnerClassName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
