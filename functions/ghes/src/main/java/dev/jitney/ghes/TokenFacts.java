package dev.jitney.ghes;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What GHES says of a personal access token in the headers of its answers.
 *
 * @param scopes from {@code X-OAuth-Scopes}; empty if the header was absent
 * @param expires from {@code GitHub-Authentication-Token-Expiration}; empty if the token does not
 *     expire, or the server does not say
 */
public record TokenFacts(Optional<List<String>> scopes, Optional<Instant> expires) {
    /** Before the first answer. */
    public static final TokenFacts UNKNOWN = new TokenFacts(Optional.empty(), Optional.empty());

    /** Seen in the wild: {@code 2026-12-01 10:00:00 UTC} and {@code 2026-12-01 10:00:00 +0900}. */
    private static final DateTimeFormatter WITH_ZONE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss z", Locale.ROOT);

    private static final DateTimeFormatter WITH_OFFSET =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xx", Locale.ROOT);

    /** A token that works does not end at this very moment; some servers say so all the same. */
    private static final Duration NOW = Duration.ofMinutes(1);

    static TokenFacts of(HttpHeaders headers) {
        Optional<List<String>> scopes =
                headers.firstValue("X-OAuth-Scopes")
                        .map(
                                text ->
                                        Arrays.stream(text.split(",", -1))
                                                .map(String::strip)
                                                .filter(scope -> !scope.isEmpty())
                                                .toList());
        Optional<Instant> expires =
                headers.firstValue("GitHub-Authentication-Token-Expiration")
                        .flatMap(TokenFacts::instant)
                        .filter(then -> isCredible(then, headers));
        return new TokenFacts(scopes, expires);
    }

    private static boolean isCredible(Instant then, HttpHeaders headers) {
        return ServerClock.of(headers).map(now -> now.plus(NOW).isBefore(then)).orElse(true);
    }

    private static Optional<Instant> instant(String text) {
        for (DateTimeFormatter format : List.of(WITH_OFFSET, WITH_ZONE)) {
            try {
                return Optional.of(ZonedDateTime.parse(text.strip(), format).toInstant());
            } catch (DateTimeException _) {
                // The other format, or none.
            }
        }
        return Optional.empty();
    }
}
