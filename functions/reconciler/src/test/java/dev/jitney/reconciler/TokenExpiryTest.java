package dev.jitney.reconciler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenExpiryTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final Duration TWO_WEEKS = Duration.ofDays(14);

    @ParameterizedTest
    @CsvSource({
        "2026-12-07T09:00:00Z, ''",
        "2026-12-07T08:59:59Z, 13",
        "2026-11-24T10:00:00Z, 1",
        "2026-11-22T09:00:00Z, 0",
    })
    void warnsWhenTheEndIsNear(Instant then, String days) {
        Optional<String> expected =
                days.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                "the token for GHES ends in %s days, on %s; runbook=token-expires"
                                        .formatted(days, then));

        assertEquals(expected, TokenExpiry.warning(Optional.of(then), NOW, TWO_WEEKS));
    }

    @Test
    void saysNothingOfWhatIsNotKnown() {
        assertEquals(Optional.empty(), TokenExpiry.warning(Optional.empty(), NOW, TWO_WEEKS));
    }
}
