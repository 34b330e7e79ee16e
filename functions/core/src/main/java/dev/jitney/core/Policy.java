package dev.jitney.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What the operators allow.
 *
 * @param capacity most runners of the whole cluster at the same time; 0 stops everything new
 * @param organizationLimit most runners of one organization at the same time, over all classes
 * @param classes in order of preference: the first that serves a job's labels takes it
 */
public record Policy(int capacity, int organizationLimit, List<RunnerClass> classes) {
    public Policy {
        if (capacity < 0) {
            throw new IllegalArgumentException("capacity is negative: " + capacity);
        }
        if (organizationLimit < 0) {
            throw new IllegalArgumentException(
                    "limit per organization is negative: " + organizationLimit);
        }
        classes = List.copyOf(classes);
    }

    public Optional<RunnerClass> classFor(Collection<String> runsOn) {
        return classes.stream().filter(each -> each.serves(runsOn)).findFirst();
    }

    public Optional<RunnerClass> classNamed(RunnerClassName name) {
        return classes.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** A class that was taken out of the policy admits nothing new. */
    public int limitOf(RunnerClassName name) {
        return classNamed(name).map(RunnerClass::limit).orElse(0);
    }

    /**
     * Reads the classes from their short form, {@code name=label label[/limit]; ...}.
     *
     * @throws IllegalArgumentException with what to write instead
     */
    public static List<RunnerClass> parseClasses(String text) {
        List<RunnerClass> classes = new ArrayList<>();
        for (String part : text.split(";", -1)) {
            if (!part.isBlank()) {
                classes.add(parseClass(part.strip()));
            }
        }
        if (classes.isEmpty()) {
            throw new IllegalArgumentException(
                    "no runner class; write for example code-linux=code-linux self-hosted linux x64");
        }
        return classes;
    }

    private static RunnerClass parseClass(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException(
                    "runner class '" + text + "' has no labels; write name=label label");
        }
        int slash = text.indexOf('/', equals);
        String labels = text.substring(equals + 1, slash < 0 ? text.length() : slash).strip();
        int limit =
                slash < 0 ? Integer.MAX_VALUE : parseLimit(text.substring(slash + 1).strip(), text);
        return new RunnerClass(
                new RunnerClassName(text.substring(0, equals).strip()),
                labels.isEmpty() ? List.of() : Arrays.asList(labels.split("\\s+", -1)),
                limit);
    }

    private static int parseLimit(String limit, String text) {
        try {
            return Integer.parseInt(limit);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "runner class '" + text + "': the limit after '/' is not a number", e);
        }
    }
}
