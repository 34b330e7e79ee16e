package dev.jitney.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.jitney.classes.ClassFile;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.Validation;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The policy of knative/base takes our runner pods, and refuses what Docker does not need. */
final class AdmissionPolicyTest {
    private static final Path POLICY =
            Path.of(System.getProperty("jitney.root"), "knative/base/runners/admission.yaml");
    private static final RunnerPodSpec ACME =
            new RunnerPodSpec("code-linux-42", "acme", "code-linux", 42, "acme/rocket", 7001);

    private static final ObjectMapper JSON = new ObjectMapper();

    private static Pod runner() {
        String classes = "classes: [{name: code-linux, labels: [code-linux]}]";
        RunnerPodTemplates templates =
                new RunnerPodTemplates("jitney-runners", ClassFile.read("classes", classes));
        return RunnerPod.render("jitney-runners", ACME, templates.of("code-linux"));
    }

    /** The messages of the expressions that do not hold. */
    private static List<String> refusals(Object pod) throws Exception {
        String policy = Files.readString(POLICY).split("\n---\n", -1)[0];
        Map<?, ?> object = JSON.convertValue(pod, Map.class);
        CelCompiler compiler =
                CelCompilerFactory.standardCelCompilerBuilder()
                        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                        .addVar("object", SimpleType.DYN)
                        .setResultType(SimpleType.BOOL)
                        .build();
        CelRuntime runtime = CelRuntimeFactory.standardCelRuntimeBuilder().build();
        List<String> refusals = new ArrayList<>();
        for (Validation each :
                Serialization.unmarshal(policy, ValidatingAdmissionPolicy.class)
                        .getSpec()
                        .getValidations()) {
            var program = runtime.createProgram(compiler.compile(each.getExpression()).getAst());
            if (!Boolean.TRUE.equals(program.eval(Map.of("object", object)))) {
                refusals.add(each.getMessage());
            }
        }
        return refusals;
    }

    @Test
    void takesARunnerPod() throws Exception {
        assertEquals(List.of(), refusals(runner()));
    }

    @Test
    void takesAPodThatAsksForNothing() throws Exception {
        Pod plain =
                new PodBuilder()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("job")
                        .endContainer()
                        .endSpec()
                        .build();

        assertEquals(List.of(), refusals(plain));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"hostNetwork\": true} | network",
                "{\"hostPID\": true} | processes",
                "{\"hostIPC\": true} | memory",
                "{\"volumes\": [{\"name\": \"v\", \"hostPath\": {\"path\": \"/\"}}]} | files",
                "{\"containers\": [{\"name\": \"runner\", \"securityContext\":"
                        + " {\"privileged\": true}}]} | only the init container dind",
                "{\"initContainers\": [{\"name\": \"other\", \"securityContext\":"
                        + " {\"privileged\": true}}]} | only the init container dind",
                "{\"containers\": [{\"name\": \"dind\", \"securityContext\":"
                        + " {\"privileged\": true}}]} | only the init container dind",
                "{\"ephemeralContainers\": [{\"name\": \"dind\", \"securityContext\":"
                        + " {\"privileged\": true}}]} | only the init container dind",
            })
    void refusesWhatDockerDoesNotNeed(String spec, String message) throws Exception {
        ObjectNode pod = JSON.valueToTree(runner());
        pod.withObject("/spec").setAll((ObjectNode) JSON.readTree(spec));

        List<String> refusals = refusals(pod);

        assertFalse(refusals.isEmpty());
        assertEquals(
                1,
                refusals.stream().filter(each -> each.contains(message)).count(),
                refusals.toString());
    }
}
