package dev.jitney.store;

import dev.jitney.core.Organization;
import dev.jitney.core.OrganizationPattern;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.policy.PolicyEdit;
import dev.jitney.core.policy.PolicyRefused;
import dev.jitney.core.policy.PolicySettings;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads a policy file, docs/policy.md. Whatever is wrong is told with its line. */
public final class PolicyYaml {
    private OptionalInt capacity = OptionalInt.empty();
    private OptionalInt organizationLimit = OptionalInt.empty();
    private final Map<RunnerClassName, Integer> classLimits = new TreeMap<>();
    private final Map<Organization, Integer> limits = new TreeMap<>();
    private final List<OrganizationPattern> allowed = new ArrayList<>();
    private final List<OrganizationPattern> denied = new ArrayList<>();
    private final List<OrganizationPattern> frozen = new ArrayList<>();
    private final List<RunnerClassName> frozenClasses = new ArrayList<>();

    private PolicyYaml() {}

    /**
     * The settings of a file. An empty file says nothing.
     *
     * @param name of the file, for the message
     * @throws PolicyRefused with file, line and reason
     */
    public static PolicySettings read(String name, String text) {
        try {
            Node root =
                    new Yaml(new SafeConstructor(new LoaderOptions()))
                            .compose(new StringReader(text));
            PolicyYaml reader = new PolicyYaml();
            if (root != null && !isNothing(root)) {
                reader.policy(root);
            }
            return reader.settings();
        } catch (Wrong wrong) {
            throw new PolicyRefused(name + " line " + wrong.line + ": " + wrong.getMessage());
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new PolicyRefused(name + " line " + line + ": " + e.getProblem());
        } catch (YAMLException e) {
            throw new PolicyRefused(name + ": " + e.getMessage());
        }
    }

    private PolicySettings settings() {
        return new PolicySettings(
                capacity,
                organizationLimit,
                classLimits,
                limits,
                allowed,
                denied,
                frozen,
                frozenClasses);
    }

    private void policy(Node root) {
        each(
                root,
                "capacity, organization-limit, classes, organizations, allow or deny",
                (key, value) -> {
                    switch (key.getValue()) {
                        case "capacity" -> capacity = OptionalInt.of(count(value));
                        case "organization-limit" ->
                                organizationLimit = OptionalInt.of(count(value));
                        case "classes" -> each(value, "a runner class", this::runnerClass);
                        case "organizations" -> each(value, "an organization", this::organization);
                        case "allow" -> allowed.addAll(patterns(value));
                        case "deny" -> denied.addAll(patterns(value));
                        default ->
                                throw new Wrong(
                                        key,
                                        "'"
                                                + key.getValue()
                                                + "' is not known; write capacity,"
                                                + " organization-limit, classes, organizations,"
                                                + " allow or deny");
                    }
                });
    }

    private void runnerClass(ScalarNode key, Node value) {
        RunnerClassName name = as(key, RunnerClassName::new);
        override(
                value,
                limit -> classLimits.put(name, limit),
                isFrozen -> {
                    if (isFrozen) {
                        frozenClasses.add(name);
                    }
                });
    }

    private void organization(ScalarNode key, Node value) {
        OrganizationPattern pattern = as(key, OrganizationPattern::new);
        override(
                value,
                limit -> limits.put(as(key, PolicyEdit::organization), limit),
                isFrozen -> {
                    if (isFrozen) {
                        frozen.add(pattern);
                    }
                });
    }

    private static void override(
            Node value,
            java.util.function.IntConsumer limit,
            java.util.function.Consumer<Boolean> frozen) {
        each(
                value,
                "limit or frozen",
                (key, setting) -> {
                    switch (key.getValue()) {
                        case "limit" -> limit.accept(count(setting));
                        case "frozen" -> frozen.accept(flag(setting));
                        default ->
                                throw new Wrong(
                                        key,
                                        "'"
                                                + key.getValue()
                                                + "' is not known; write limit or frozen");
                    }
                });
    }

    private static void each(Node node, String what, BiConsumer<ScalarNode, Node> entry) {
        if (isNothing(node)) {
            return;
        }
        if (!(node instanceof MappingNode mapping)) {
            throw new Wrong(node, "write " + what + ", each as 'name: value'");
        }
        Set<String> seen = new HashSet<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw new Wrong(tuple.getKeyNode(), "write " + what + ", each as 'name: value'");
            }
            if (!seen.add(key.getValue())) {
                throw new Wrong(key, "'" + key.getValue() + "' is there twice");
            }
            entry.accept(key, tuple.getValueNode());
        }
    }

    private static List<OrganizationPattern> patterns(Node node) {
        if (isNothing(node)) {
            return List.of();
        }
        if (!(node instanceof SequenceNode list)) {
            throw new Wrong(node, "write a list, for example [octo, \"team-*\"]");
        }
        return list.getValue().stream()
                .map(each -> as(scalar(each, "a login or a pattern"), OrganizationPattern::new))
                .toList();
    }

    private static int count(Node node) {
        String text = scalar(node, "a whole number from 0").getValue();
        try {
            int count = Integer.parseInt(text);
            if (count >= 0) {
                return count;
            }
        } catch (NumberFormatException _) {
            // Reported below, like a negative number.
        }
        throw new Wrong(node, "'" + text + "' is not a whole number from 0");
    }

    private static boolean flag(Node node) {
        String text = scalar(node, "true or false").getValue();
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new Wrong(node, "'" + text + "' is neither true nor false");
        };
    }

    private static ScalarNode scalar(Node node, String what) {
        if (node instanceof ScalarNode scalar && !isNothing(node)) {
            return scalar;
        }
        throw new Wrong(node, "write " + what);
    }

    private static <T> T as(ScalarNode node, Function<String, T> type) {
        try {
            return type.apply(node.getValue());
        } catch (IllegalArgumentException e) {
            throw new Wrong(node, e.getMessage());
        }
    }

    private static boolean isNothing(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    /** Something at a line that cannot be used. */
    private static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int line;

        Wrong(Node where, @Nullable String reason) {
            super(reason);
            line = where.getStartMark().getLine() + 1;
        }
    }
}
