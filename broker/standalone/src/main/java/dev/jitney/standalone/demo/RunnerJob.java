package dev.jitney.standalone.demo;

import java.util.OptionalLong;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the job out of a runner's name, {@code <class>-<job>} or {@code <class>-<job>-<n>}. */
final class RunnerJob {
    private static final Pattern NAME = Pattern.compile(".*?(?:-([0-9]{1,18}))?-([0-9]{1,18})");

    private RunnerJob() {}

    /** The job, among those that are known; empty for a name of somebody else. */
    static OptionalLong of(String runner, LongPredicate known) {
        Matcher name = NAME.matcher(runner);
        if (!name.matches()) {
            return OptionalLong.empty();
        }
        if (name.group(1) != null && known.test(Long.parseLong(name.group(1)))) {
            return OptionalLong.of(Long.parseLong(name.group(1)));
        }
        long last = Long.parseLong(name.group(2));
        return known.test(last) ? OptionalLong.of(last) : OptionalLong.empty();
    }
}
