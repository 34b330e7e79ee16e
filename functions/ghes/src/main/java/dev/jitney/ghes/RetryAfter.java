package dev.jitney.ghes;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Reads how long GitHub asks to wait: {@code Retry-After}, else {@code X-RateLimit-Reset} when
 * nothing remains.
 */
final class RetryAfter {

    private RetryAfter() {}

    static Optional<Duration> of(HttpHeaders headers, Instant now) {
        Optional<Duration> explicit =
                headers.firstValue("Retry-After").flatMap(value -> explicit(value.strip(), now));
        if (explicit.isPresent()) return explicit;
        if (!isExhausted(headers)) return Optional.empty();
        return headers.firstValue("X-RateLimit-Reset")
                .flatMap(RetryAfter::number)
                .map(epochSecond -> until(Instant.ofEpochSecond(epochSecond), now));
    }

    /** Whether a 403 is about load and not about rights. */
    static boolean isRateLimit(HttpHeaders headers) {
        return headers.firstValue("Retry-After").isPresent() || isExhausted(headers);
    }

    private static boolean isExhausted(HttpHeaders headers) {
        return headers.firstValue("X-RateLimit-Remaining").filter("0"::equals).isPresent();
    }

    private static Optional<Duration> explicit(String value, Instant now) {
        Optional<Long> seconds = number(value);
        if (seconds.isPresent()) return seconds.map(Duration::ofSeconds);
        try {
            return Optional.of(
                    until(
                            ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant(),
                            now));
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }

    /** A count of seconds; nothing that a server sends in good faith has more than 12 digits. */
    private static Optional<Long> number(String value) {
        boolean isNumber =
                !value.isEmpty()
                        && value.length() <= 12
                        && value.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Optional.of(Long.parseLong(value)) : Optional.empty();
    }

    private static Duration until(Instant then, Instant now) {
        Duration wait = Duration.between(now, then);
        return wait.isNegative() ? Duration.ZERO : wait;
    }
}
