package dev.jitney.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Golden files; {@code -Djitney.golden.update=true} writes them anew. */
final class RunnerPodTest {
    private static final Path GOLDEN = Path.of("src/test/resources/runner-pod");

    private static final RunnerPodSpec ACME =
            new RunnerPodSpec("code-linux-42", "acme", "code-linux", 42, "acme/rocket", 7001);

    @Test
    void rendersTheStandardPod() throws IOException {
        assertGolden("standard", RunnerPod.render(ACME, RunnerPodTemplate.standard()));
    }

    @Test
    void rendersAPodWithAPrivateCaOwnNodesAndOwnResources() throws IOException {
        var template =
                new RunnerPodTemplate(
                        "runners-b",
                        "registry.example.com/runner:2.340.0-gpu",
                        "docker:28.5.1-dind",
                        ContainerResources.of(
                                Map.of("cpu", "2", "memory", "8Gi", "nvidia.com/gpu", "1"),
                                Map.of("cpu", "4", "memory", "8Gi", "nvidia.com/gpu", "1")),
                        ContainerResources.of(Map.of("cpu", "250m"), Map.of()),
                        Duration.ofHours(24),
                        Duration.ofSeconds(90),
                        new TreeMap<>(Map.of("HTTPS_PROXY", "http://proxy:3128", "LANG", "C")),
                        new TreeMap<>(Map.of("pool", "gpu")),
                        "github-server-tls-cert");

        assertGolden("private-ca-and-resources", RunnerPod.render(ACME, template));
    }

    @Test
    void keepsWhatLabelsCannotCarryInAnnotations() throws IOException {
        var spec =
                new RunnerPodSpec(
                        "gpu-x-42-2",
                        "acme_corp_",
                        "class with spaces, and longer than the sixty-three characters of a label",
                        42,
                        "acme_corp_/ünïcode",
                        7002);

        var pod = RunnerPod.render(spec, RunnerPodTemplate.standard());

        assertGolden("odd-names", pod);
        pod.getMetadata().setUid("u");
        pod.getMetadata().setCreationTimestamp("2026-11-22T10:00:00Z");
        assertEquals("acme_corp_", PodState.of(pod).organization());
        assertEquals(spec.runnerClass(), PodState.of(pod).runnerClass());
        assertEquals(7002, PodState.of(pod).runnerId());
        assertEquals(42, PodState.of(pod).jobId());
    }

    @Test
    void rendersTheSecretOwnedByItsPod() throws IOException {
        assertGolden(
                "secret", RunnerSecret.render("jitney-runners", "code-linux-42", "uid-1", "e30="));
    }

    @Test
    void reliesNeitherOnGithubsWaitNorOnAServiceAccount() {
        String pod = Serialization.asYaml(RunnerPod.render(ACME, RunnerPodTemplate.standard()));

        assertFalse(pod.contains("RUNNER_WAIT_FOR_DOCKER"), "GitHub's wait falls through");
        assertFalse(pod.contains("serviceAccountName"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker", "docker:latest", "docker:dind", "reg:5000/docker"})
    void refusesAFloatingImage(String image) {
        assertThrows(IllegalArgumentException.class, () -> ImagePin.requirePinned(image));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.331.9", "2.317.0", "1.999.0"})
    void refusesARunnerThatTakesGhesForGithubCom(String version) {
        String image = "ghcr.io/actions/actions-runner:" + version;

        assertThrows(IllegalArgumentException.class, () -> ImagePin.requireRunner(image));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ghcr.io/actions/actions-runner:2.332.0",
                "ghcr.io/actions/actions-runner:3.0.0",
                "own.example.com/runner:2.1.0"
            })
    void acceptsANewRunnerAndOwnImages(String image) {
        assertEquals(image, ImagePin.requireRunner(image));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Acme", "-a", "a/b", "", "a-"})
    void refusesARunnerNameThatCannotNameAPod(String name) {
        assertThrows(
                IllegalArgumentException.class,
                () -> new RunnerPodSpec(name, "acme", "code-linux", 1, "acme/rocket", 1));
    }

    private static void assertGolden(String name, Object resource) throws IOException {
        Path file = GOLDEN.resolve(name + ".yaml");
        String rendered = Serialization.asYaml(resource);
        if (Boolean.getBoolean("jitney.golden.update")) {
            Files.writeString(file, rendered, UTF_8);
        }
        assertEquals(Files.readString(file, UTF_8), rendered);
    }
}
