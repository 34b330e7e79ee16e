package dev.jitney.kubernetes;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The template of each runner class; all in one namespace, so that a runner is found by name alone.
 *
 * @param standard template of every class that has none of its own
 * @param byClass templates of classes by name
 */
public record RunnerPodTemplates(
        RunnerPodTemplate standard, SortedMap<String, RunnerPodTemplate> byClass) {

    public RunnerPodTemplates {
        byClass = Collections.unmodifiableSortedMap(new TreeMap<>(byClass));
        for (RunnerPodTemplate template : byClass.values()) {
            if (!template.namespace().equals(standard.namespace())) {
                throw new IllegalArgumentException(
                        "more than one namespace: " + template.namespace());
            }
        }
    }

    /** The same template for every class. */
    public static RunnerPodTemplates only(RunnerPodTemplate template) {
        return new RunnerPodTemplates(template, new TreeMap<>());
    }

    /**
     * Reads {@code JITNEY_RUNNER_NAMESPACE}, {@code JITNEY_RUNNER_IMAGE}, {@code
     * JITNEY_DIND_IMAGE}, {@code JITNEY_RUNNER_REQUESTS}, {@code JITNEY_RUNNER_LIMITS}, {@code
     * JITNEY_DIND_REQUESTS}, {@code JITNEY_DIND_LIMITS}, {@code JITNEY_RUNNER_ENV}, {@code
     * JITNEY_RUNNER_NODE_SELECTOR} (these six as {@code name=value,name=value}), {@code
     * JITNEY_RUNNER_DEADLINE_SECONDS}, {@code JITNEY_RUNNER_GRACE_SECONDS} and {@code
     * JITNEY_RUNNER_CA_CONFIG_MAP}; what is absent comes from {@link RunnerPodTemplate#standard()}.
     *
     * @throws IllegalArgumentException if a value is malformed; a function must not start then
     */
    public static RunnerPodTemplates fromEnvironment(Map<String, String> env) {
        RunnerPodTemplate from = RunnerPodTemplate.standard();
        return only(
                new RunnerPodTemplate(
                        env.getOrDefault("JITNEY_RUNNER_NAMESPACE", from.namespace()),
                        env.getOrDefault("JITNEY_RUNNER_IMAGE", from.runnerImage()),
                        env.getOrDefault("JITNEY_DIND_IMAGE", from.dindImage()),
                        resources(env, "JITNEY_RUNNER", from.runner()),
                        resources(env, "JITNEY_DIND", from.dind()),
                        seconds(env, "JITNEY_RUNNER_DEADLINE_SECONDS", from.activeDeadline()),
                        seconds(env, "JITNEY_RUNNER_GRACE_SECONDS", from.terminationGrace()),
                        pairs(env, "JITNEY_RUNNER_ENV", from.environment()),
                        pairs(env, "JITNEY_RUNNER_NODE_SELECTOR", from.nodeSelector()),
                        env.getOrDefault("JITNEY_RUNNER_CA_CONFIG_MAP", from.caConfigMap())));
    }

    RunnerPodTemplate of(String runnerClass) {
        return byClass.getOrDefault(runnerClass, standard);
    }

    String namespace() {
        return standard.namespace();
    }

    private static ContainerResources resources(
            Map<String, String> env, String prefix, ContainerResources absent) {
        return new ContainerResources(
                pairs(env, prefix + "_REQUESTS", absent.requests()),
                pairs(env, prefix + "_LIMITS", absent.limits()));
    }

    private static Duration seconds(Map<String, String> env, String key, Duration absent) {
        String value = env.get(key);
        try {
            return value == null ? absent : Duration.ofSeconds(Long.parseLong(value));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + " is not a number of seconds: " + value, e);
        }
    }

    private static SortedMap<String, String> pairs(
            Map<String, String> env, String key, SortedMap<String, String> absent) {
        String value = env.get(key);
        if (value == null) {
            return absent;
        }
        SortedMap<String, String> pairs = new TreeMap<>();
        for (String pair : value.isBlank() ? new String[0] : value.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(key + " has an entry without name=value");
            }
            pairs.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
        }
        return pairs;
    }
}
