package dev.jitney.ghes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jitney.ghes.mount.Mounted;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Which certificates a server may show: those of the authorities that the JDK knows, and of a
 * private one. There is no way to trust any.
 */
final class Trust {
    /** Only what the JDK trusts. */
    static final Trust OF_THE_JDK = new Trust(null);

    private final @Nullable Mounted<Optional<SSLContext>> own;

    private Trust(@Nullable Mounted<Optional<SSLContext>> own) {
        this.own = own;
    }

    /**
     * Trusts the certificates of a file besides, read again when it changes.
     *
     * @param bundle certificates in PEM form; an absent or empty file holds none
     */
    static Trust with(Path bundle) {
        return new Trust(Mounted.file(bundle, Trust::context));
    }

    /**
     * Empty for the JDK's own; the same object until the file changes.
     *
     * @throws IllegalArgumentException if the file is no bundle of certificates
     */
    Optional<SSLContext> context() {
        return own == null ? Optional.empty() : own.get();
    }

    private static Optional<SSLContext> context(String pem) {
        if (pem.isBlank()) return Optional.empty();
        try {
            KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
            anchors.load(null, null);
            int count = 0;
            for (Certificate certificate : certificates(pem)) {
                anchors.setCertificateEntry("own-" + count++, certificate);
            }
            for (X509Certificate root : rootsOfTheJdk()) {
                anchors.setCertificateEntry("jdk-" + count++, root);
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(anchors), null);
            return Optional.of(context);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "holds no certificates in PEM form: " + e.getMessage());
        }
    }

    private static Collection<? extends Certificate> certificates(String pem)
            throws GeneralSecurityException {
        Collection<? extends Certificate> found =
                CertificateFactory.getInstance("X.509")
                        .generateCertificates(new ByteArrayInputStream(pem.getBytes(UTF_8)));
        if (found.isEmpty()) throw new GeneralSecurityException("none was found");
        return found;
    }

    private static X509Certificate[] rootsOfTheJdk() throws GeneralSecurityException {
        for (TrustManager manager : managers(null)) {
            if (manager instanceof X509TrustManager x509) return x509.getAcceptedIssuers();
        }
        return new X509Certificate[0];
    }

    private static TrustManager[] managers(@Nullable KeyStore anchors)
            throws GeneralSecurityException {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(anchors);
        return factory.getTrustManagers();
    }
}
