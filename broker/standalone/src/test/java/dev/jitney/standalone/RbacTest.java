package dev.jitney.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jitney.manifests.Rendering;
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
    private static final List<ObjectNode> BASE = Rendering.of(ROOT.resolve("knative/base"));

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
                        words(
                                verb.strip(),
                                rows.group(1),
                                place.equals("the cluster") ? "" : place));
            }
        }

        assertEquals(granted(function), said, "docs/security.md");
        assertTrue(table.contains("| " + function + " |"), function + " is not in the table");
    }

    private static Set<String> granted(String function) {
        Set<String> granted = new TreeSet<>();
        for (JsonNode binding : BASE) {
            if (!binding.path("kind").asText().endsWith("RoleBinding")
                    || !binds(binding, function)) {
                continue;
            }
            String namespace = binding.at("/metadata/namespace").asText();
            for (JsonNode rule : rulesOf(binding.path("roleRef"), namespace)) {
                assertEquals("[\"\"]", rule.path("apiGroups").toString());
                for (JsonNode resource : rule.path("resources")) {
                    for (JsonNode verb : rule.path("verbs")) {
                        granted.add(words(verb.asText(), resource.asText(), namespace));
                    }
                }
            }
        }
        return granted;
    }

    private static boolean binds(JsonNode binding, String function) {
        for (JsonNode subject : binding.path("subjects")) {
            if (subject.path("namespace").asText().equals("jitney")
                    && subject.path("name").asText().equals(function)) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode rulesOf(JsonNode role, String namespace) {
        return BASE.stream()
                .filter(each -> each.path("kind").equals(role.path("kind")))
                .filter(each -> each.at("/metadata/name").equals(role.path("name")))
                .filter(each -> each.at("/metadata/namespace").asText().equals(namespace))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + role))
                .path("rules");
    }

    private static String words(String verb, String resource, String namespace) {
        return (verb + " " + resource + " " + namespace).strip();
    }
}
