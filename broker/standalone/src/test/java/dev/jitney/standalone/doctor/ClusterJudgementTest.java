package dev.jitney.standalone.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.kubernetes.ClusterInspection.Server;
import dev.jitney.kubernetes.KubernetesUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a cluster's facts, whatever they were read from. */
final class ClusterJudgementTest {

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
}
