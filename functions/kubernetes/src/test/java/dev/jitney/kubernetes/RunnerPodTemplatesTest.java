package dev.jitney.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RunnerPodTemplatesTest {
    @Test
    void isTheStandardTemplateWithoutSettings() {
        var templates = RunnerPodTemplates.fromEnvironment(Map.of());

        assertEquals(RunnerPodTemplate.standard(), templates.of("any-class"));
        assertEquals("jitney-runners", templates.namespace());
    }

    @Test
    void readsEverySetting() {
        var templates =
                RunnerPodTemplates.fromEnvironment(
                        Map.ofEntries(
                                Map.entry("JITNEY_RUNNER_NAMESPACE", "elsewhere"),
                                Map.entry("JITNEY_RUNNER_IMAGE", "own/runner:1.0.0"),
                                Map.entry("JITNEY_DIND_IMAGE", "own/dind:2.0.0"),
                                Map.entry("JITNEY_RUNNER_REQUESTS", "cpu=1,memory=2Gi"),
                                Map.entry("JITNEY_RUNNER_LIMITS", "cpu=1500m"),
                                Map.entry("JITNEY_DIND_REQUESTS", ""),
                                Map.entry("JITNEY_DIND_LIMITS", "memory=9Gi"),
                                Map.entry("JITNEY_RUNNER_DEADLINE_SECONDS", "3600"),
                                Map.entry("JITNEY_RUNNER_GRACE_SECONDS", "45"),
                                Map.entry("JITNEY_RUNNER_ENV", "A=1, B=x=y"),
                                Map.entry("JITNEY_RUNNER_NODE_SELECTOR", "pool=ci"),
                                Map.entry("JITNEY_RUNNER_CA_CONFIG_MAP", "ca")));

        var expected =
                new RunnerPodTemplate(
                        "elsewhere",
                        "own/runner:1.0.0",
                        "own/dind:2.0.0",
                        ContainerResources.of(
                                Map.of("cpu", "1", "memory", "2Gi"), Map.of("cpu", "1500m")),
                        ContainerResources.of(Map.of(), Map.of("memory", "9Gi")),
                        Duration.ofHours(1),
                        Duration.ofSeconds(45),
                        new TreeMap<>(Map.of("A", "1", "B", "x=y")),
                        new TreeMap<>(Map.of("pool", "ci")),
                        "ca");
        assertEquals(expected, templates.of("code-linux"));
    }

    @ParameterizedTest
    @CsvSource({
        "JITNEY_RUNNER_DEADLINE_SECONDS, 6h",
        "JITNEY_RUNNER_GRACE_SECONDS, 0",
        "JITNEY_RUNNER_IMAGE, actions-runner",
        "JITNEY_RUNNER_ENV, NOVALUE",
        "JITNEY_RUNNER_REQUESTS, memory=5Gi",
        "JITNEY_RUNNER_LIMITS, memory=lots",
    })
    void refusesAMalformedSetting(String key, String value) {
        assertThrows(
                IllegalArgumentException.class,
                () -> RunnerPodTemplates.fromEnvironment(Map.of(key, value)));
    }

    @Test
    void choosesTheTemplateOfTheClass() {
        var own = RunnerPodTemplates.fromEnvironment(Map.of("JITNEY_RUNNER_GRACE_SECONDS", "5"));
        var byClass = new TreeMap<>(Map.of("gpu", own.standard()));

        var templates = new RunnerPodTemplates(RunnerPodTemplate.standard(), byClass);

        assertEquals(own.standard(), templates.of("gpu"));
        assertEquals(RunnerPodTemplate.standard(), templates.of("code-linux"));
    }

    @Test
    void refusesTwoNamespaces() {
        var own = RunnerPodTemplates.fromEnvironment(Map.of("JITNEY_RUNNER_NAMESPACE", "other"));
        var byClass = new TreeMap<>(Map.of("gpu", own.standard()));

        assertThrows(
                IllegalArgumentException.class,
                () -> new RunnerPodTemplates(RunnerPodTemplate.standard(), byClass));
    }
}
