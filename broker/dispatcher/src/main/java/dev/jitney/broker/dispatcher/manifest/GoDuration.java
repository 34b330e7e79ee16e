package dev.jitney.broker.dispatcher.manifest;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as annotations of Knative Serving spell them: {@code 90s}, {@code 1m30s}. */
public final class GoDuration {
    private static final Pattern WHOLE = Pattern.compile("0|([0-9]+(ms|h|m|s))+");
    private static final Pattern PART = Pattern.compile("([0-9]+)(ms|h|m|s)");

    private GoDuration() {}

    /** The duration, or nothing when the text is none. Fractions are not supported. */
    public static Optional<Duration> parse(String text) {
        if (!WHOLE.matcher(text).matches()) {
            return Optional.empty();
        }
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            long amount = Long.parseLong(part.group(1));
            sum =
                    sum.plus(
                            switch (part.group(2)) {
                                case "h" -> Duration.ofHours(amount);
                                case "m" -> Duration.ofMinutes(amount);
                                case "s" -> Duration.ofSeconds(amount);
                                default -> Duration.ofMillis(amount);
                            });
        }
        return Optional.of(sum);
    }
}
