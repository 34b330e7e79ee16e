package dev.jitney.store;

import dev.jitney.core.Organization;
import dev.jitney.core.OrganizationPattern;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.policy.PolicyEdit;
import dev.jitney.core.policy.PolicyRefused;
import dev.jitney.core.policy.PolicySettings;
import dev.jitney.yaml.YamlField;
import dev.jitney.yaml.YamlField.Entry;
import dev.jitney.yaml.YamlFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

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
        return YamlFile.read(name, text, root -> new PolicyYaml().of(root), PolicyRefused::new);
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

    private PolicySettings of(YamlField root) {
        for (Entry each :
                root.only(
                        "capacity",
                        "organization-limit",
                        "classes",
                        "organizations",
                        "allow",
                        "deny")) {
            YamlField value = each.value();
            switch (each.name()) {
                case "capacity" -> capacity = OptionalInt.of(count(value));
                case "organization-limit" -> organizationLimit = OptionalInt.of(count(value));
                case "classes" -> value.entries("a runner class").forEach(this::runnerClass);
                case "organizations" ->
                        value.entries("an organization").forEach(this::organization);
                case "allow" -> allowed.addAll(patterns(value));
                default -> denied.addAll(patterns(value));
            }
        }
        return settings();
    }

    private void runnerClass(Entry entry) {
        RunnerClassName name = entry.key().as("a runner class", RunnerClassName::new);
        for (Entry each : entry.value().only("limit", "frozen")) {
            if (each.name().equals("limit")) {
                classLimits.put(name, count(each.value()));
            } else if (each.value().flag()) {
                frozenClasses.add(name);
            }
        }
    }

    private void organization(Entry entry) {
        YamlField login = entry.key();
        OrganizationPattern pattern = login.as("an organization", OrganizationPattern::new);
        for (Entry each : entry.value().only("limit", "frozen")) {
            if (each.name().equals("limit")) {
                limits.put(
                        login.as("an organization", PolicyEdit::organization), count(each.value()));
            } else if (each.value().flag()) {
                frozen.add(pattern);
            }
        }
    }

    private static List<OrganizationPattern> patterns(YamlField list) {
        return list.items("a list, for example [octo, \"team-*\"]").stream()
                .map(each -> each.as("a login or a pattern", OrganizationPattern::new))
                .toList();
    }

    private static int count(YamlField value) {
        return value.whole(0, Integer.MAX_VALUE);
    }
}
