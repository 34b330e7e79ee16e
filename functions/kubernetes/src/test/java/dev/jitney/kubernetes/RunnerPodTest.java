package dev.jitney.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jitney.classes.ClassFile;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RunnerPodTest {
    private static final String NAMESPACE = "jitney-runners";

    private static final RunnerPodSpec ACME =
            new RunnerPodSpec(
                    "code-linux-42",
                    "acme",
                    "code-linux",
                    42,
                    "acme/rocket",
                    7001,
                    Optional.of(Instant.parse("2026-03-02T08:59:58Z")));

    private static RunnerPodTemplate standard() {
        String file = "classes: [{name: code-linux, labels: [code-linux]}]";
        return new RunnerPodTemplates(NAMESPACE, ClassFile.read("classes.yaml", file))
                .of("code-linux");
    }

    @Test
    void rendersThePodOfAClassThatSaysNothing() throws IOException {
        Golden.assertGolden("standard", RunnerPod.render(NAMESPACE, ACME, standard()));
    }

    /** A ledger that is made again from pods knows by it whose turn it is. */
    @Test
    void theAgeOfTheJobComesBackFromThePod() {
        var pod = RunnerPod.render(NAMESPACE, ACME, standard());
        pod.getMetadata().setUid("u");
        pod.getMetadata().setCreationTimestamp("2026-11-22T10:00:00Z");

        assertEquals(ACME.jobCreatedAt(), PodState.of(pod).jobCreatedAt());
        pod.getMetadata().getAnnotations().put("jitney.dev/job-created-at", "yesterday");
        assertEquals(Optional.empty(), PodState.of(pod).jobCreatedAt());
        pod.getMetadata().getAnnotations().remove("jitney.dev/job-created-at");
        assertEquals(Optional.empty(), PodState.of(pod).jobCreatedAt());
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

        var pod = RunnerPod.render(NAMESPACE, spec, standard());

        Golden.assertGolden("odd-names", pod);
        pod.getMetadata().setUid("u");
        pod.getMetadata().setCreationTimestamp("2026-11-22T10:00:00Z");
        assertEquals("acme_corp_", PodState.of(pod).organization());
        assertEquals(spec.runnerClass(), PodState.of(pod).runnerClass());
        assertEquals(7002, PodState.of(pod).runnerId());
        assertEquals(42, PodState.of(pod).jobId());
    }

    @Test
    void rendersTheSecretOwnedByItsPod() throws IOException {
        Golden.assertGolden(
                "secret", RunnerSecret.render(NAMESPACE, "code-linux-42", "uid-1", "e30="));
    }

    @Test
    void doesNotMixUpTheRunnersOfAClass() {
        var template = standard();
        String before = Serialization.asYaml(RunnerPod.render(NAMESPACE, ACME, template));
        var other = new RunnerPodSpec("code-linux-43", "octo", "code-linux", 43, "octo/x", 7002);

        String pod = Serialization.asYaml(RunnerPod.render(NAMESPACE, other, template));

        assertFalse(pod.contains("code-linux-42") || pod.contains("acme"), pod);
        assertEquals(before, Serialization.asYaml(RunnerPod.render(NAMESPACE, ACME, template)));
    }

    /** Whoever edits labels must not make us forget whose runner it is. */
    @Test
    void isKnownByItsRepository_whenItsOrganizationWasErased() {
        Pod pod = RunnerPod.render(NAMESPACE, ACME, standard());
        pod.getMetadata().setCreationTimestamp("2026-03-02T09:00:00Z");
        assertEquals("acme", PodState.of(pod).organization());

        pod.getMetadata().getLabels().remove("jitney.dev/organization");

        assertEquals("acme", PodState.of(pod).organization());
    }

    @Test
    void reliesNeitherOnGithubsWaitNorOnAServiceAccount() {
        String pod = Serialization.asYaml(RunnerPod.render(NAMESPACE, ACME, standard()));

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
}
