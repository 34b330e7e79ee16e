package dev.jitney.kubernetes;

import dev.jitney.classes.ClassEntry;
import dev.jitney.classes.ClassFile;
import dev.jitney.classes.ClassesRefused;
import dev.jitney.core.RunnerName;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The pods of the classes of a file; all in one namespace, so that a runner is found by name alone.
 *
 * <p>A template is made when its class is first asked for: of the functions, only the one that
 * makes pods pays for it. May be used by several threads.
 */
public final class RunnerPodTemplates {
    private final String namespace;
    private final ClassFile file;
    private final Map<String, RunnerPodTemplate> made = new ConcurrentHashMap<>();

    public RunnerPodTemplates(String namespace, ClassFile file) {
        this.namespace = namespace;
        this.file = file;
    }

    /**
     * Makes the templates of all classes, so that a mistake is found before a job meets it.
     *
     * @throws ClassesRefused with file, line and reason
     */
    public void check() {
        file.entries().forEach(this::of);
    }

    /**
     * The pod of a runner as YAML, without its configuration, which no pod holds.
     *
     * @throws IllegalArgumentException if the file has no such class
     */
    public String yaml(RunnerPodSpec spec) {
        return Serialization.asYaml(RunnerPod.render(namespace, spec, of(spec.runnerClass())));
    }

    /**
     * What the pods of all classes name that has to be in their namespace, as {@code
     * configmaps/name}.
     */
    public SortedSet<String> named() {
        SortedSet<String> all = new TreeSet<>();
        inOrder().forEach(pod -> all.addAll(NamedObjects.of(pod)));
        return all;
    }

    /** The pods of the classes, in the order of the file. */
    List<PodSpec> inOrder() {
        return file.entries().stream().map(each -> of(each).pod().getSpec()).toList();
    }

    String namespace() {
        return namespace;
    }

    /** Whether jobs on a runner get pods of their own. */
    boolean usesHooks(String runner) {
        return RunnerName.parse(runner).stream()
                .anyMatch(
                        name ->
                                file.entries().stream()
                                        .filter(file::usesHooks)
                                        .map(each -> each.runnerClass().name())
                                        .anyMatch(each -> name.origin(each).isPresent()));
    }

    RunnerPodTemplate of(String runnerClass) {
        return file.entries().stream()
                .filter(each -> each.runnerClass().name().value().equals(runnerClass))
                .findFirst()
                .map(this::of)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        file.name() + " has no runner class " + runnerClass));
    }

    private RunnerPodTemplate of(ClassEntry entry) {
        return made.computeIfAbsent(
                entry.runnerClass().name().value(),
                _ -> file.reading(() -> RunnerPodTemplate.of(file.defaults(), entry)));
    }
}
