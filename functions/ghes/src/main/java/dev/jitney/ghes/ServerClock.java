package dev.jitney.ghes;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The moment at which the server answered, by its own clock, to the second. */
final class ServerClock {
    private ServerClock() {}

    static Optional<Instant> of(HttpHeaders headers) {
        return headers.firstValue("Date").flatMap(ServerClock::parse);
    }

    private static Optional<Instant> parse(String date) {
        try {
            return Optional.of(
                    ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }
}
