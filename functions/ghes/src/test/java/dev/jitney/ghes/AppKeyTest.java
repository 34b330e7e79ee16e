package dev.jitney.ghes;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

final class AppKeyTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    private final KeyPair keys = TestKeys.rsa();

    private String token(String pem) {
        return new AppKey("42", pem).jwt(NOW);
    }

    private void assertGood(String token) throws GeneralSecurityException {
        String[] parts = token.split("\\.", -1);
        assertEquals(3, parts.length);
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), US_ASCII);
        assertEquals("{\"iat\":1799999940,\"exp\":1800000540,\"iss\":\"42\"}", claims);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(keys.getPublic());
        signature.update((parts[0] + "." + parts[1]).getBytes(US_ASCII));
        assertTrue(signature.verify(Base64.getUrlDecoder().decode(parts[2])));
    }

    @Test
    void isSignedByTheAppsKey() throws Exception {
        assertGood(token(TestKeys.pem(keys)));
    }

    @Test
    void readsTheKeyAsGithubHandsItOut() throws Exception {
        byte[] pkcs8 = keys.getPrivate().getEncoded();
        // A PKCS#8 key of this size ends with the PKCS#1 key, after 26 bytes.
        byte[] pkcs1 = Arrays.copyOfRange(pkcs8, 26, pkcs8.length);

        assertGood(token(TestKeys.pem("RSA PRIVATE KEY", pkcs1)));
    }

    @Test
    void saysWhatIsWrongWithAKey_andDoesNotQuoteIt() {
        var wrong = assertThrows(IllegalArgumentException.class, () -> token("c2VjcmV0"));

        assertTrue(String.valueOf(wrong.getMessage()).contains("no RSA key in PEM form"));
        assertFalse(String.valueOf(wrong.getMessage()).contains("c2VjcmV0"));
        assertEquals(null, wrong.getCause());
    }

    @Test
    void takesNoIdThatWouldBreakTheClaims() {
        var wrong =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new AppKey("7\",\"x\":\"", "irrelevant"));

        assertTrue(String.valueOf(wrong.getMessage()).startsWith("holds no id of a GitHub App"));
    }
}
