package dev.jitney.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a delivery comes from somebody who knows one of the secrets: HMAC-SHA256 over the raw
 * body. Several secrets are valid at the same time so that they can be changed without a gap.
 *
 * @see <a
 *     href="https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries">GitHub:
 *     validating webhook deliveries</a>
 */
final class Signature {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "sha256=";
    private static final int HEX_DIGITS = 64;

    private final List<SecretKeySpec> secrets;

    private Signature(List<SecretKeySpec> secrets) {
        this.secrets = secrets;
    }

    /**
     * Reads the secrets.
     *
     * @param text secrets separated by line breaks or commas; white space around them and empty
     *     ones do not count
     * @throws IllegalArgumentException if there is none: nothing is accepted unsigned
     */
    static Signature of(String text) {
        List<SecretKeySpec> secrets =
                Arrays.stream(text.split("[,\\r\\n]", -1))
                        .map(String::strip)
                        .filter(secret -> !secret.isEmpty())
                        .map(secret -> secret.getBytes(StandardCharsets.UTF_8))
                        .map(secret -> new SecretKeySpec(secret, ALGORITHM))
                        .toList();
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("there is no secret");
        }
        return new Signature(secrets);
    }

    /**
     * The signature that a header {@code X-Hub-Signature-256} holds, or empty if it holds none, so
     * that such a request can be refused before its body is read.
     */
    static Optional<byte[]> parse(@Nullable String header) {
        if (header == null
                || !header.startsWith(PREFIX)
                || header.length() != PREFIX.length() + HEX_DIGITS) {
            return Optional.empty();
        }
        try {
            return Optional.of(HexFormat.of().parseHex(header, PREFIX.length(), header.length()));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** Begins to check one body, which comes in parts. */
    Check begin() {
        return new Check(secrets.stream().map(Signature::mac).toList());
    }

    private static Mac mac(SecretKeySpec secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** The check of one body. Not for use by several threads. */
    static final class Check {
        private final List<Mac> macs;

        private Check(List<Mac> macs) {
            this.macs = macs;
        }

        void update(byte[] part) {
            macs.forEach(mac -> mac.update(part));
        }

        /**
         * Tells whether one of the secrets makes this signature of all parts; takes equally long
         * for each. Ends the check.
         */
        boolean isSignedBy(byte[] signature) {
            boolean signed = false;
            for (Mac mac : macs) {
                signed |= MessageDigest.isEqual(mac.doFinal(), signature);
            }
            return signed;
        }
    }

    /** Says how many, never which. */
    @Override
    public String toString() {
        return "Signature[" + secrets.size() + " secrets]";
    }
}
