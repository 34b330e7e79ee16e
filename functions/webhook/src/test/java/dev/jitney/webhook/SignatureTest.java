package dev.jitney.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {
    /** The test vector of GitHub's documentation, "Validating webhook deliveries". */
    private static final String SECRET = "It's a Secret to Everybody";

    private static final String BODY = "Hello, World!";
    private static final String SIGNATURE =
            "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    private static boolean verify(String secrets, String header, String... parts) {
        Signature.Check check = Signature.of(secrets).begin();
        for (String part : parts) {
            check.update(part.getBytes(UTF_8));
        }
        return check.isSignedBy(Signature.parse(header).orElseThrow());
    }

    @Test
    void acceptsTheSignatureThatGithubDocuments() {
        assertTrue(verify(SECRET, SIGNATURE, BODY));
        assertTrue(verify(SECRET, SIGNATURE, "Hello, ", "", "World!"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "other,It's a Secret to Everybody",
                "It's a Secret to Everybody\nother",
                " other \r\n\r\n It's a Secret to Everybody \n",
                ",,It's a Secret to Everybody,",
            })
    void acceptsEachOfSeveralSecrets(String secrets) {
        assertTrue(verify(secrets, SIGNATURE, BODY));
    }

    @ParameterizedTest
    @CsvSource({
        "It's a Secret to Everybody, 'Hello, World'",
        "It's a Secret to Everybody, ''",
        "it's a secret to everybody, 'Hello, World!'",
        "a, 'Hello, World!'",
    })
    void refusesAnotherBodyAndAnotherSecret(String secret, String body) {
        assertFalse(verify(secret, SIGNATURE, body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha256=",
                "sha1=757107ea0eb2509fc211221cce984b8a37570b6d",
                "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1",
                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e177",
                "sha256=zz7107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
            })
    void seesNoSignatureInSomethingElse(String header) {
        assertTrue(Signature.parse(header).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", ",\n, "})
    void wantsASecret(String secrets) {
        assertThrows(IllegalArgumentException.class, () -> Signature.of(secrets));
    }

    @Test
    void doesNotShowItsSecrets() {
        assertEquals("Signature[2 secrets]", Signature.of("one,two").toString());
    }
}
