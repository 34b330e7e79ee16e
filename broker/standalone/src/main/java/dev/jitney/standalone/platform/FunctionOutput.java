package dev.jitney.standalone.platform;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Picks what a person wants to see from the output of a function. */
final class FunctionOutput {
    private static final Pattern DECISION = Pattern.compile("\\bdecision=");
    private static final Pattern TROUBLE = Pattern.compile("\\b(WARN|ERROR|FATAL)\\b.*");

    /** A level stands near the beginning; further right it is somebody's text. */
    private static final int LEVEL_WITHIN = 60;

    private FunctionOutput() {}

    /** The part of a line to show: a decision, or a warning or error; empty for all others. */
    static Optional<String> worthShowing(String line) {
        Matcher decision = DECISION.matcher(line);
        if (decision.find()) {
            return Optional.of(line.substring(decision.start()));
        }
        Matcher trouble = TROUBLE.matcher(line);
        return trouble.find() && trouble.start() < LEVEL_WITHIN
                ? Optional.of(trouble.group())
                : Optional.empty();
    }
}
