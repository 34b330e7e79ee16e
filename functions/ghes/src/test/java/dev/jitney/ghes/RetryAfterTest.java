package dev.jitney.ghes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private static Optional<Duration> read(Map<String, List<String>> headers) {
        return RetryAfter.of(HttpHeaders.of(headers, (_, _) -> true), NOW);
    }

    @Test
    void readsADate() {
        var date = List.of("Sun, 22 Nov 2026 10:01:00 GMT");

        assertEquals(Optional.of(Duration.ofMinutes(1)), read(Map.of("Retry-After", date)));
    }

    @Test
    void prefersRetryAfterOverTheReset() {
        var headers =
                Map.of(
                        "Retry-After", List.of("3"),
                        "X-RateLimit-Remaining", List.of("0"),
                        "X-RateLimit-Reset", List.of("" + (NOW.getEpochSecond() + 60)));

        assertEquals(Optional.of(Duration.ofSeconds(3)), read(headers));
    }

    @Test
    void ignoresTheResetWhileRequestsRemain() {
        var headers =
                Map.of(
                        "X-RateLimit-Remaining", List.of("12"),
                        "X-RateLimit-Reset", List.of("" + (NOW.getEpochSecond() + 60)));

        assertEquals(Optional.empty(), read(headers));
    }

    @Test
    void aResetInThePastMeansNow() {
        var headers =
                Map.of(
                        "X-RateLimit-Remaining", List.of("0"),
                        "X-RateLimit-Reset", List.of("" + (NOW.getEpochSecond() - 60)));

        assertEquals(Optional.of(Duration.ZERO), read(headers));
    }

    @Test
    void ignoresWhatCannotBeRead() {
        for (String value : List.of("", "soon", "-5", "99999999999999999999")) {
            assertEquals(Optional.empty(), read(Map.of("Retry-After", List.of(value))), value);
        }
    }
}
