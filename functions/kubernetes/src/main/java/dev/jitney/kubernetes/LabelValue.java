package dev.jitney.kubernetes;

import java.util.regex.Pattern;

/** Values of Kubernetes labels: at most 63 of {@code [A-Za-z0-9._-]}, alphanumeric at both ends. */
final class LabelValue {
    private static final int LENGTH_MAX = 63;
    private static final Pattern NOT_ALLOWED = Pattern.compile("[^A-Za-z0-9._-]");
    private static final Pattern OUTER = Pattern.compile("^[._-]+|[._-]+$");

    private LabelValue() {}

    /** The nearest value that Kubernetes accepts; the same text always gives the same value. */
    static String of(String text) {
        String allowed = OUTER.matcher(NOT_ALLOWED.matcher(text).replaceAll("-")).replaceAll("");
        String cut = allowed.length() > LENGTH_MAX ? allowed.substring(0, LENGTH_MAX) : allowed;
        return OUTER.matcher(cut).replaceAll("");
    }
}
