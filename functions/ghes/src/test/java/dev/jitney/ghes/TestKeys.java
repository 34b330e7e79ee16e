package dev.jitney.ghes;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;

/** A key pair that is made for one run of the tests, which takes seconds. */
final class TestKeys {
    private static final KeyPair RSA = made();

    private TestKeys() {}

    private static KeyPair made() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyPair rsa() {
        return RSA;
    }

    static String pem(String kind, byte[] der) {
        String body = Base64.getMimeEncoder().encodeToString(der);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, body, kind);
    }

    static String pem(KeyPair keys) {
        return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
    }

    static AppKey app(String id) {
        return new AppKey(id, pem(rsa()));
    }
}
