package dev.jitney.simulation.load;

import dev.jitney.simulation.engine.Nanos;
import dev.jitney.yaml.YamlField;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values that only load profiles have. */
final class LoadValues {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,3})?)(s|m|h)");
    private static final Pattern LOGIN = Pattern.compile("[A-Za-z0-9](-?[A-Za-z0-9]){0,38}");
    private static final long DURATION_MAX = 24 * Nanos.HOUR;

    private LoadValues() {}

    static List<YamlField> items(YamlField list) {
        List<YamlField> items = list.items("a list");
        if (items.isEmpty()) {
            throw list.wrong("write a list of at least one");
        }
        return items;
    }

    static double positive(YamlField field) {
        String text = field.text("a number above 0");
        if (text.matches("\\d{1,9}(\\.\\d{1,9})?") && Double.parseDouble(text) > 0) {
            return Double.parseDouble(text);
        }
        throw field.wrong("'" + text + "' is not a number above 0");
    }

    /** A duration such as 90s, 4m or 1.5h, in nanoseconds. */
    static long nanos(YamlField field) {
        String text = field.text("a duration");
        Matcher matcher = DURATION.matcher(text);
        if (matcher.matches()) {
            long unit =
                    switch (matcher.group(2)) {
                        case "s" -> Nanos.SECOND;
                        case "m" -> Nanos.MINUTE;
                        default -> Nanos.HOUR;
                    };
            long nanos = (long) (Double.parseDouble(matcher.group(1)) * unit);
            if (nanos > 0 && nanos <= DURATION_MAX) {
                return nanos;
            }
        }
        throw field.wrong(
                "'" + text + "' is not a duration above 0 and up to 24h, such as 90s or 4m");
    }

    /** The login of an organization, as Jitney writes it: in lower case. */
    static String login(YamlField field) {
        String text = field.text("the login of an organization");
        if (LOGIN.matcher(text).matches()) {
            return text.toLowerCase(Locale.ROOT);
        }
        throw field.wrong("'" + text + "' is not the login of an organization");
    }
}
