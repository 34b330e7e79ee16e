package dev.jitney.standalone.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jitney.kubernetes.ClusterInspection;
import dev.jitney.kubernetes.KubernetesRefused;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * When the certificates of Infinispan end: that of the servers, and what functions trust. Of a
 * Secret only the certificate is looked at.
 */
public final class InfinispanCertificateCheck implements Check {
    private static final Duration SOON = Duration.ofDays(30);
    private static final String TODO =
            "make a new one: docs/upgrade.md, the certificate of Infinispan";

    private final ClusterInspection cluster;
    private final InstantSource clock;

    public InfinispanCertificateCheck(ClusterInspection cluster, InstantSource clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    @Override
    public String topic() {
        return "certificates";
    }

    @Override
    public List<Finding> look() {
        return List.of(
                look("jitney-infinispan/secrets/infinispan-tls", "tls.crt"),
                look("jitney/secrets/infinispan-client", "ca.crt"));
    }

    private Finding look(String path, String key) {
        String name = path.replace("/secrets", "") + " " + key;
        try {
            Optional<String> encoded =
                    cluster.find("/api/v1/namespaces/" + path)
                            .map(secret -> secret.path("data").path(key))
                            .filter(JsonNode::isTextual)
                            .map(JsonNode::asText);
            return encoded.isEmpty()
                    ? Finding.ok(name + " is not there, as with --broker mt")
                    : judge(name, Base64.getMimeDecoder().decode(encoded.get()), clock.instant());
        } catch (KubernetesRefused forbidden) {
            return Finding.warn(name + " cannot be seen", "look as somebody who may read Secrets");
        }
    }

    /** Of several, which make a chain, the first that ends counts. */
    static Finding judge(String name, byte[] pem, Instant now) {
        try {
            Instant end =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(pem))
                            .stream()
                            .map(each -> ((X509Certificate) each).getNotAfter().toInstant())
                            .min(Instant::compareTo)
                            .orElseThrow(() -> new CertificateException("none"));
            long days = Duration.between(now, end).toDays();
            if (end.isBefore(now)) {
                return Finding.fail(name + " has ended on " + end, TODO);
            }
            String what = name + " ends in " + days + " days, on " + end;
            return Duration.between(now, end).compareTo(SOON) < 0
                    ? Finding.warn(what, TODO)
                    : Finding.ok(what);
        } catch (CertificateException notOne) {
            return Finding.fail(name + " is no certificate in PEM", TODO);
        }
    }
}
