package dev.jitney.ghes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CredentialsTest {

    private static Credentials of(Map<String, String> files) {
        return Credentials.of(new TreeMap<>(files));
    }

    @Test
    void aTokenIsOneLine() {
        assertEquals(new Credentials.Token("ghp_x"), of(Map.of("token", "\n ghp_x \n")));
        assertFalse(of(Map.of("token", "ghp_x")).toString().contains("ghp_x"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', '', holds no credentials for GHES; write",
        "'', 7, '', holds no credentials for GHES; write",
        "'', '', c2VjcmV0, holds no credentials for GHES; write",
        "c2VjcmV0, 7, c2VjcmV0, holds a token and a GitHub App; keep",
        "c2VjcmV0 c2VjcmV0, '', '', holds a token that is not one line",
        "'', 7, c2VjcmV0, holds no RSA key in PEM form in private-key; download",
        "'', c2VjcmV0!, c2VjcmV0, holds no id of a GitHub App in app-id; write",
    })
    void saysWhatIsWrong_andQuotesNothing(String token, String id, String key, String problem) {
        var failure =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> of(Map.of("token", token, "app-id", id, "private-key", key)));

        String text = String.valueOf(failure.getMessage());
        assertTrue(text.startsWith(problem), text);
        assertFalse(text.contains("c2VjcmV0"), text);
    }
}
