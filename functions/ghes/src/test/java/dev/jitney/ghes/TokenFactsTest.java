package dev.jitney.ghes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TokenFactsTest {

    private static TokenFacts of(String header, String value) {
        return TokenFacts.of(
                HttpHeaders.of(
                        Map.of(
                                header,
                                List.of(value),
                                "Date",
                                List.of("Mon, 23 Nov 2026 09:00:00 GMT")),
                        (_, _) -> true));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-01 10:00:00 UTC, 2026-12-01T10:00:00Z",
        "2026-12-01 10:00:00 +0900, 2026-12-01T01:00:00Z",
        "2026-12-01 10:00:00 -0730, 2026-12-01T17:30:00Z",
        "2026-12-01T10:00:00Z, ''",
        "soon, ''",
        // The moment of the answer: some servers say that of tokens that last.
        "2026-11-23 09:00:00 UTC, ''",
    })
    void readsWhenTheTokenEnds(String text, String expected) {
        Optional<Instant> expires =
                expected.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(expected));

        assertEquals(expires, of("GitHub-Authentication-Token-Expiration", text).expires());
    }

    @Test
    void readsScopes_noneBeingOtherThanUnknown() {
        assertEquals(
                Optional.of(List.of("admin:org", "repo")),
                of("X-OAuth-Scopes", "admin:org, repo").scopes());
        assertEquals(Optional.of(List.of()), of("X-OAuth-Scopes", "").scopes());
        assertEquals(Optional.empty(), of("Other", "").scopes());
    }
}
