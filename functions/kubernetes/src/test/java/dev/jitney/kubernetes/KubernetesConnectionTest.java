package dev.jitney.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jitney.kubernetes.KubernetesConnection.ApiServer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class KubernetesConnectionTest {
    @Test
    void prefersTheKubeconfigNamed() {
        var env = Map.of("KUBECONFIG", "/some/file", "KUBERNETES_SERVICE_HOST", "10.0.0.1");

        var connection = KubernetesConnection.fromEnvironment(env);

        assertEquals(new ApiServer.Kubeconfig("/some/file"), connection.server());
        assertEquals(Duration.ofSeconds(1), connection.connectionTimeout());
        assertEquals(Duration.ofSeconds(5), connection.requestTimeout());
    }

    @Test
    void isTheOwnClusterOfAPod() {
        var env = Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1");

        assertEquals(
                new ApiServer.OwnCluster(), KubernetesConnection.fromEnvironment(env).server());
    }

    @Test
    void prefersAUrlToEverything() {
        var env = Map.of("KUBECONFIG", "/some/file", "KUBERNETES_MASTER", "http://127.0.0.1:6443");

        assertEquals(
                new ApiServer.Url("http://127.0.0.1:6443"),
                KubernetesConnection.fromEnvironment(env).server());
    }

    @Test
    void refusesToGuessACluster() {
        assertThrows(
                IllegalArgumentException.class,
                () -> KubernetesConnection.fromEnvironment(Map.of()));
    }
}
