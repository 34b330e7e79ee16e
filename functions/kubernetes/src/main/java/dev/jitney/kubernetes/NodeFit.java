package dev.jitney.kubernetes;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether a pod may run on a node, as the scheduler sees it; room aside. */
final class NodeFit {
    private NodeFit() {}

    /** Takes new pods: ready, not cordoned, not on its way out. */
    static boolean isOpen(Node node) {
        return node.getMetadata().getDeletionTimestamp() == null
                && !Boolean.TRUE.equals(node.getSpec().getUnschedulable())
                && node.getStatus().getConditions().stream()
                        .anyMatch(
                                each ->
                                        each.getType().equals("Ready")
                                                && each.getStatus().equals("True"));
    }

    static boolean mayRun(PodSpec pod, Node node) {
        Map<String, String> labels = all(node.getMetadata().getLabels());
        return all(pod.getNodeSelector()).entrySet().stream()
                        .allMatch(each -> each.getValue().equals(labels.get(each.getKey())))
                && isWanted(pod.getAffinity(), labels)
                && all(node.getSpec().getTaints()).stream()
                        .filter(each -> !each.getEffect().equals("PreferNoSchedule"))
                        .allMatch(taint -> isTolerated(taint, all(pod.getTolerations())));
    }

    private static <T> Collection<T> all(@Nullable Collection<T> some) {
        return some == null ? List.of() : some;
    }

    private static Map<String, String> all(@Nullable Map<String, String> some) {
        return some == null ? Map.of() : some;
    }

    private static boolean isTolerated(Taint taint, Collection<Toleration> tolerations) {
        return tolerations.stream()
                .anyMatch(
                        each ->
                                (isBlank(each.getEffect())
                                                || each.getEffect().equals(taint.getEffect()))
                                        && hasKeyOf(taint, each));
    }

    private static boolean hasKeyOf(Taint taint, Toleration toleration) {
        boolean exists = "Exists".equals(toleration.getOperator());
        if (isBlank(toleration.getKey())) {
            return exists;
        }
        return toleration.getKey().equals(taint.getKey())
                && (exists
                        || Objects.requireNonNullElse(toleration.getValue(), "")
                                .equals(Objects.requireNonNullElse(taint.getValue(), "")));
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isEmpty();
    }

    /**
     * One of the terms must hold, and of that term everything. What is preferred does not count.
     */
    private static boolean isWanted(@Nullable Affinity affinity, Map<String, String> labels) {
        if (affinity == null
                || affinity.getNodeAffinity() == null
                || affinity.getNodeAffinity().getRequiredDuringSchedulingIgnoredDuringExecution()
                        == null) {
            return true;
        }
        return affinity
                .getNodeAffinity()
                .getRequiredDuringSchedulingIgnoredDuringExecution()
                .getNodeSelectorTerms()
                .stream()
                .anyMatch(term -> holds(term, labels));
    }

    private static boolean holds(NodeSelectorTerm term, Map<String, String> labels) {
        Collection<NodeSelectorRequirement> expressions = all(term.getMatchExpressions());
        // Fields are names of single nodes: no class for many runners asks for them.
        return !expressions.isEmpty()
                && all(term.getMatchFields()).isEmpty()
                && expressions.stream().allMatch(each -> holds(each, labels.get(each.getKey())));
    }

    private static boolean holds(NodeSelectorRequirement required, @Nullable String value) {
        List<String> values = Objects.requireNonNullElse(required.getValues(), List.of());
        return switch (required.getOperator()) {
            case "In" -> value != null && values.contains(value);
            case "NotIn" -> value == null || !values.contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            case "Gt" -> value != null && compared(value, values) > 0;
            case "Lt" -> value != null && compared(value, values) < 0;
            default -> false;
        };
    }

    private static int compared(String value, List<String> values) {
        try {
            return Long.compare(Long.parseLong(value), Long.parseLong(values.getFirst()));
        } catch (NumberFormatException _) {
            return 0;
        }
    }
}
