package dev.jitney.standalone.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.kubernetes.ClusterInspection.Server;
import dev.jitney.kubernetes.KubernetesUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a cluster's facts, whatever they were read from. */
final class ClusterJudgementTest {
    /** Ends on 2027-11-23T08:04:31Z. */
    private static final String CERTIFICATE =
            """
            -----BEGIN CERTIFICATE-----
            MIIBbzCCARWgAwIBAgIUNUctUObX3hCZdd9ikvf9kgdZ1ZkwCgYIKoZIzj0EAwIw
            DTELMAkGA1UEAwwCaXQwHhcNMjYxMTIzMDgwNDMxWhcNMjcxMTIzMDgwNDMxWjAN
            MQswCQYDVQQDDAJpdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABPspjNxBWoJI
            d8XoufmZFXHpuWPf3AuFQIF3r8jCACEI9ghwQl9ivTne3rLK3z/NKahowuPw6sS6
            +WxXc6cahoGjUzBRMB0GA1UdDgQWBBRv4jaNRzdzZI405BQ1MpEq7RApODAfBgNV
            HSMEGDAWgBRv4jaNRzdzZI405BQ1MpEq7RApODAPBgNVHRMBAf8EBTADAQH/MAoG
            CCqGSM49BAMCA0gAMEUCIG/2P+sewcNip6X6wXTUSQQlWkUrnj3R1T+25fg3KRWp
            AiEA2LKiZ6NsxDqQ1qx2qIcvLdtMgLmSLV9BNxf40FNKZYs=
            -----END CERTIFICATE-----
            """;

    @ParameterizedTest
    @CsvSource({
        "v1.30.0, 0, OK OK",
        "v1.33.2-gke.1, -9, OK OK",
        "v1.29.14+k3s1, 0, FAIL OK",
        "v2.0.0, 0, OK OK",
        "'', 0, FAIL OK",
        "v1.31.0, 10, OK WARN",
        "v1.31.0, -61, OK WARN",
    })
    void judgesVersionAndClock(String version, long ahead, String levels) {
        var server = new Server(version, Optional.of(Duration.ofSeconds(ahead)));

        List<Finding> findings = ClusterServerCheck.judge(server);

        assertEquals(
                levels,
                String.join(" ", findings.stream().map(each -> each.level().name()).toList()));
    }

    @Test
    void saysWhyAServerCannotBeAsked() {
        var refused = new KubernetesUnavailable("GET /version: 401", 401, null, null);
        var untrusted =
                new KubernetesUnavailable("GET", 0, null, new SSLHandshakeException("PKIX"));

        assertTrue(ClusterServerCheck.unreachable(refused).what().contains("credentials"));
        assertTrue(ClusterServerCheck.unreachable(untrusted).what().contains("certificate"));
    }

    @ParameterizedTest
    @CsvSource({
        "200, 200, OK",
        "199, 200, WARN",
        "0, auto, WARN",
        "1, auto, OK",
        "5, many, FAIL",
        "5, 99999999999, FAIL",
    })
    void comparesTheNodesWithTheCapacity(int room, String capacity, Finding.Level level) {
        assertEquals(level, ClusterRoomCheck.judge(room, capacity).level());
    }

    @Test
    void namesTheKindsThatAVersionLacks() {
        Finding finding =
                ClusterKindsCheck.judge(
                        "eventing.knative.dev/v1",
                        new TreeSet<>(List.of("Broker", "Trigger")),
                        new TreeSet<>(List.of("Broker")));

        assertEquals("eventing.knative.dev/v1 lacks Trigger", finding.what());
    }

    @ParameterizedTest
    @CsvSource({
        "16.0.7, FAIL",
        "16.0.11, OK",
        "16.0.15, OK",
        "16.1.3, FAIL",
        "16.1.4, OK",
        "16.2.0, OK",
        "17.0.0.Final, OK",
        "15.2.6.Final, FAIL",
        "'', WARN",
    })
    void someVersionsOfInfinispanLoseRecords(String version, Finding.Level level) {
        assertEquals(level, InfinispanVersionCheck.judge(version).level());
    }

    @ParameterizedTest
    @CsvSource({
        "2027-10-23T08:04:31Z, OK, ends in 31 days",
        "2027-10-25T08:04:31Z, WARN, ends in 29 days",
        "2027-11-24T08:04:31Z, FAIL, has ended on",
    })
    void saysWhenACertificateEnds(Instant now, Finding.Level level, String said) {
        Finding finding =
                InfinispanCertificateCheck.judge("tls.crt", CERTIFICATE.getBytes(UTF_8), now);

        assertEquals(level, finding.level());
        assertTrue(finding.what().startsWith("tls.crt " + said), finding.what());
    }

    @Test
    void whatIsNoCertificateIsSaidToBeNone() {
        byte[] words = "no certificate".getBytes(UTF_8);

        assertTrue(InfinispanCertificateCheck.judge("tls.crt", words, Instant.EPOCH).isFail());
    }
}
