package dev.jitney.standalone.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jitney.classes.ClassFile;
import dev.jitney.classes.ClassesRefused;
import dev.jitney.kubernetes.ClusterInspection;
import dev.jitney.kubernetes.RunnerPodTemplates;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether all that the pods of runner classes name is there: without it they never start. */
public final class ClusterClassesCheck implements Check {
    private static final String NAMESPACE = "jitney-runners";

    private final ClusterInspection cluster;
    private final ClusterSettings settings;
    private final Set<String> applied;

    /**
     * @param resources what is to be applied, and so need not be there
     */
    public ClusterClassesCheck(
            ClusterInspection cluster, ClusterSettings settings, List<ObjectNode> resources) {
        this.cluster = cluster;
        this.settings = settings;
        this.applied =
                resources.stream()
                        .filter(each -> each.at("/metadata/namespace").asText().equals(NAMESPACE))
                        .map(each -> plural(each) + "/" + each.at("/metadata/name").asText())
                        .collect(Collectors.toSet());
    }

    private static String plural(ObjectNode resource) {
        return resource.path("kind").asText().toLowerCase(Locale.ROOT) + "s";
    }

    @Override
    public String topic() {
        return "classes";
    }

    @Override
    public List<Finding> look() {
        SortedSet<String> missing = new TreeSet<>();
        try {
            var classes =
                    ClassFile.read(
                            "JITNEY_CLASSES", settings.all().path("JITNEY_CLASSES").asText());
            missing.addAll(new RunnerPodTemplates(NAMESPACE, classes).named());
        } catch (ClassesRefused wrong) {
            return List.of(
                    Finding.fail(
                            String.valueOf(wrong.getMessage()),
                            "mend it, and look with ./jitney classes: docs/runner-classes.md"));
        }
        missing.removeIf(this::isThere);
        return List.of(
                missing.isEmpty()
                        ? Finding.ok("all that runner classes name is there")
                        : Finding.warn(
                                "runner classes name what is not in "
                                        + NAMESPACE
                                        + ": "
                                        + String.join(", ", missing),
                                "make it before the first job: pods wait for it"));
    }

    private boolean isThere(String name) {
        return applied.contains(name)
                || cluster.exists("/api/v1/namespaces/" + NAMESPACE + "/" + name);
    }
}
