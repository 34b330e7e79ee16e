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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** A policy file, docs/policy.md. Whatever is wrong in one is told with its line. */
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

    /** The file that says just these settings: reading it gives them again. */
    public static String write(PolicySettings settings) {
        Map<String, Object> file = new LinkedHashMap<>();
        settings.capacity().ifPresent(most -> file.put("capacity", most));
        settings.organizationLimit().ifPresent(most -> file.put("organization-limit", most));
        Map<String, Map<String, Object>> classes = new TreeMap<>();
        settings.classLimits().forEach((name, most) -> at(classes, name).put("limit", most));
        settings.frozenClasses().forEach(name -> at(classes, name).put("frozen", true));
        Map<String, Map<String, Object>> organizations = new TreeMap<>();
        settings.limits().forEach((name, most) -> at(organizations, name).put("limit", most));
        settings.frozen().forEach(name -> at(organizations, name).put("frozen", true));
        put(file, "classes", classes);
        put(file, "organizations", organizations);
        put(file, "allow", settings.allowed());
        put(file, "deny", settings.denied());
        DumperOptions plain = new DumperOptions();
        plain.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        return new Yaml(plain).dump(file);
    }

    private static Map<String, Object> at(Map<String, Map<String, Object>> all, Object name) {
        return all.computeIfAbsent(name.toString(), _ -> new LinkedHashMap<>());
    }

    private static void put(Map<String, Object> file, String key, Map<String, ?> entries) {
        if (!entries.isEmpty()) {
            file.put(key, entries);
        }
    }

    private static void put(Map<String, Object> file, String key, List<?> names) {
        if (!names.isEmpty()) {
            file.put(key, names.stream().map(Object::toString).toList());
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
