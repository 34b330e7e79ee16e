package dev.jitney.ghes;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The id and private key by which a GitHub App shows that it is itself: by a JSON web token, signed
 * anew for each call, RS256, good for nine minutes (GitHub allows ten), issued a minute ago in case
 * the clocks differ.
 */
public final class AppKey {
    private static final String HEADER = "{\"alg\":\"RS256\",\"typ\":\"JWT\"}";
    private static final int LIFE_SECONDS = 540;
    private static final int SKEW_SECONDS = 60;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    /** Version 0 and the algorithm, rsaEncryption: what PKCS#8 says before the key of PKCS#1. */
    private static final byte[] PKCS8_PREFIX =
            HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

    private final String id;
    private final PrivateKey key;

    /**
     * @param id the App's id or, since GHES 3.14, its client id
     * @param pem the private key as GitHub hands it out (PKCS#1), or as PKCS#8; never logged
     * @throws IllegalArgumentException if they cannot be that; the message quotes neither
     */
    public AppKey(String id, String pem) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "holds no id of a GitHub App in app-id; write the number, or the client id,"
                            + " from the App's settings");
        }
        this.id = id;
        this.key = read(pem);
    }

    /** A fresh token: a credential, never logged. */
    public String jwt(Instant at) {
        long now = at.getEpochSecond();
        String claims =
                "{\"iat\":%d,\"exp\":%d,\"iss\":\"%s\"}"
                        .formatted(now - SKEW_SECONDS, now + LIFE_SECONDS, id);
        String signed =
                encoded(HEADER.getBytes(US_ASCII)) + "." + encoded(claims.getBytes(US_ASCII));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(signed.getBytes(US_ASCII));
            return signed + "." + encoded(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the App's token could not be signed", e);
        }
    }

    /** Says whose, not what. */
    @Override
    public String toString() {
        return "AppKey[" + id + "]";
    }

    private static PrivateKey read(String pem) {
        boolean pkcs1 = pem.contains("BEGIN RSA PRIVATE KEY");
        String body = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        try {
            byte[] der = Base64.getDecoder().decode(body);
            return KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(pkcs1 ? wrapped(der) : der));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            // The cause is left out: it might quote the key.
            throw new IllegalArgumentException(
                    "holds no RSA key in PEM form in private-key; download a new one from the App's"
                            + " settings");
        }
    }

    private static byte[] wrapped(byte[] pkcs1) {
        byte[] octets = tagged(0x04, pkcs1);
        byte[] content = new byte[PKCS8_PREFIX.length + octets.length];
        System.arraycopy(PKCS8_PREFIX, 0, content, 0, PKCS8_PREFIX.length);
        System.arraycopy(octets, 0, content, PKCS8_PREFIX.length, octets.length);
        return tagged(0x30, content);
    }

    private static byte[] tagged(int tag, byte[] content) {
        var out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length & 0xff);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
