package dev.jitney.ghes.simulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The values of {@code X-Hub-Signature} and {@code X-Hub-Signature-256}. */
final class Signature {

    private Signature() {}

    static String sha256(String secret, byte[] body) {
        return "sha256=" + hex("HmacSHA256", secret, body);
    }

    static String sha1(String secret, byte[] body) {
        return "sha1=" + hex("HmacSHA1", secret, body);
    }

    private static String hex(String algorithm, String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(algorithm + " is in every JDK", impossible);
        }
    }
}
