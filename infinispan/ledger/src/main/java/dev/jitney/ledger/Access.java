package dev.jitney.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * How a client proves to Infinispan who it is, and by which authority it knows the servers.
 *
 * @param login empty for servers that ask nobody
 * @param tls empty for servers that speak in the clear
 */
public record Access(Optional<Login> login, Optional<SSLContext> tls) {
    /** To servers that ask nobody, in the clear. */
    public static final Access OPEN = new Access(Optional.empty(), Optional.empty());

    /** Who the client is. The password is never shown. */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login[user=" + user + "]";
        }
    }

    /**
     * Reads the files of a mounted Secret: {@code username}, {@code password} and, where servers
     * speak TLS, {@code ca.crt}: certificates in PEM that alone are trusted.
     *
     * @throws IllegalArgumentException if a file is missing or no certificate; it names the file
     */
    public static Access read(Path directory) {
        Path authority = directory.resolve("ca.crt");
        return new Access(
                Optional.of(
                        new Login(
                                line(directory.resolve("username")),
                                line(directory.resolve("password")))),
                Files.exists(authority) ? Optional.of(trusting(authority)) : Optional.empty());
    }

    private static String line(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "cannot read " + file + ": is the Secret for Infinispan there?", e);
        }
    }

    private static SSLContext trusting(Path authority) {
        try (InputStream in = Files.newInputStream(authority)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (Certificate each :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("authority-" + number++, each);
            }
            if (number == 0) {
                throw new IllegalArgumentException(authority + " holds no certificate");
            }
            var factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(authority + " is no certificate in PEM", e);
        }
    }
}
