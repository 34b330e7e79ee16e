package dev.jitney.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a function may do on Kubernetes is what it does: the calls that its own tests saw (see
 * {@code KubernetesCalls} in functions/testing) are the verbs that knative/base gives it and
 * docs/security.md names, neither more nor fewer.
 */
class RbacTest {
    private static final Path ROOT = Path.of(System.getProperty("jitney.root"));

    @ParameterizedTest
    @ValueSource(strings = {"webhook", "admission", "provisioner", "cleanup", "reconciler"})
    void aFunctionMayDoWhatItDoes(String function) throws IOException {
        Path module = ROOT.resolve("functions").resolve(function);
        Path calls = module.resolve("target/kubernetes-calls");
        boolean knowsKubernetes =
                Files.readString(module.resolve("pom.xml")).contains("jitney-kubernetes");
        boolean tested = !knowsKubernetes || Files.exists(calls);
        if (!tested) {
            System.err.println("SKIPPED RbacTest of " + function + ": its tests have not run");
        }
        assumeTrue(tested);

        Set<String> made = knowsKubernetes ? new TreeSet<>(Files.readAllLines(calls)) : Set.of();

        assertEquals(made, granted(function), "calls of " + function + ", verbs of its roles");
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook", "admission", "provisioner", "cleanup", "reconciler"})
    void theTableForReviewersSaysTheSame(String function) throws IOException {
        String table = Files.readString(ROOT.resolve("docs/security.md"));
        Set<String> said = new TreeSet<>();
        var rows =
                Pattern.compile("\\| " + function + " \\| `(\\w+)` \\| ([^|]*) \\| ([^|]*) \\|")
                        .matcher(table);
        while (rows.find()) {
            String place = rows.group(3).replace("`", "").strip();
            for (String verb : rows.group(2).split(",", -1)) {
                said.add(
                        (verb.strip()
                                        + " "
                                        + rows.group(1)
                                        + " "
                                        + (place.equals("the cluster") ? "" : place))
                                .strip());
            }
        }

        assertEquals(granted(function), said, "docs/security.md");
        assertTrue(table.contains("| " + function + " |"), function + " is not in the table");
    }

    private static Set<String> granted(String function) throws IOException {
        List<HasMetadata> resources = resources(function);
        Set<String> granted = new TreeSet<>();
        for (HasMetadata resource : resources) {
            switch (resource) {
                case RoleBinding binding when binds(binding.getSubjects(), function) ->
                        granted.addAll(
                                words(
                                        named(resources, Role.class, binding.getRoleRef().getName())
                                                .getRules(),
                                        binding.getMetadata().getNamespace()));
                case ClusterRoleBinding binding when binds(binding.getSubjects(), function) ->
                        granted.addAll(
                                words(
                                        named(
                                                        resources,
                                                        ClusterRole.class,
                                                        binding.getRoleRef().getName())
                                                .getRules(),
                                        ""));
                default -> {}
            }
        }
        return granted;
    }

    private static List<HasMetadata> resources(String function) throws IOException {
        Path file = ROOT.resolve("knative/base/rbac").resolve(function + ".yaml");
        try (var in = Files.newInputStream(file)) {
            Object read = Serialization.unmarshal(in);
            return read instanceof List<?> several
                    ? several.stream().map(HasMetadata.class::cast).toList()
                    : List.of((HasMetadata) read);
        }
    }

    private static boolean binds(List<Subject> subjects, String function) {
        return subjects.stream()
                .anyMatch(
                        each ->
                                each.getKind().equals("ServiceAccount")
                                        && each.getNamespace().equals("jitney")
                                        && each.getName().equals(function));
    }

    private static <T extends HasMetadata> T named(
            List<HasMetadata> resources, Class<T> type, String name) {
        return resources.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(each -> each.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " " + name));
    }

    private static Set<String> words(List<PolicyRule> rules, String namespace) {
        Set<String> words = new TreeSet<>();
        for (PolicyRule rule : rules) {
            assertEquals(List.of(""), rule.getApiGroups());
            for (String resource : rule.getResources()) {
                for (String verb : rule.getVerbs()) {
                    words.add((verb + " " + resource + " " + namespace).strip());
                }
            }
        }
        return words;
    }
}
