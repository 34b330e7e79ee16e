package dev.jitney.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import dev.jitney.classes.ClassFile;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** The pods of docs/examples/runner-classes.yaml. */
final class ExamplesTest {
    private static final Path DOCS =
            Path.of(Objects.requireNonNull(System.getProperty("jitney.root"))).resolve("docs");

    /** A parser of its own that refuses what Fabric8's types do not know. */
    private static final ObjectMapper STRICT =
            new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .setAnnotationIntrospector(
                            new JacksonAnnotationIntrospector() {
                                @Override
                                public Boolean hasAnySetter(Annotated type) {
                                    return false;
                                }
                            });

    private static ClassFile file() throws IOException {
        Path example = DOCS.resolve("examples/runner-classes.yaml");
        return ClassFile.read("runner-classes.yaml", Files.readString(example, UTF_8));
    }

    static List<String> classes() throws IOException {
        return file().classes().stream().map(each -> each.name().value()).toList();
    }

    private static Pod pod(String runnerClass) throws IOException {
        var spec =
                new RunnerPodSpec(
                        runnerClass + "-42", "acme", runnerClass, 42, "acme/rocket", 7001);
        return RunnerPod.render(
                "jitney-runners",
                spec,
                new RunnerPodTemplates("jitney-runners", file()).of(runnerClass));
    }

    @ParameterizedTest
    @MethodSource("classes")
    void hasTheGoldenPod_andKubernetesKnowsEachFieldOfIt(String runnerClass) throws IOException {
        Pod pod = pod(runnerClass);

        Golden.assertGolden("examples/" + runnerClass, pod);
        Path golden = Golden.DIRECTORY.resolve("examples/" + runnerClass + ".yaml");
        Object tree = new Yaml().load(Files.readString(golden, UTF_8));
        Pod parsed = STRICT.convertValue(tree, Pod.class);
        assertEquals(Serialization.asYaml(pod), Serialization.asYaml(parsed));
    }

    /** GitHub's hooks take fields of a pod template, and its job container is called $job. */
    @Test
    void kubernetesKnowsEachFieldOfTheHookTemplate() throws IOException {
        String written = Files.readString(DOCS.resolve("examples/hook-template.yaml"), UTF_8);
        String withGpu =
                written.replaceAll("(?m)^ *limits:.*\\n", "").replace("# limits:", "limits:");
        for (String each : List.of(written, withGpu)) {
            var template = STRICT.convertValue(new Yaml().load(each), PodTemplateSpec.class);
            Container job = template.getSpec().getContainers().getFirst();

            assertEquals("$job", job.getName());
            assertEquals(
                    each.equals(withGpu),
                    job.getResources().getLimits().containsKey("nvidia.com/gpu"));
        }
    }

    @Test
    void everyGoldenPodHasItsClass() throws IOException {
        try (Stream<Path> files = Files.list(Golden.DIRECTORY.resolve("examples"))) {
            assertEquals(
                    classes().stream().map(each -> each + ".yaml").sorted().toList(),
                    files.map(each -> each.getFileName().toString()).sorted().toList());
        }
        assertEquals(7, classes().size());
    }

    @Test
    void theStrictParserRefusesWhatItDoesNotKnow() throws IOException {
        String wrong = Serialization.asYaml(pod("gpu")).replace("nodeSelector:", "nodeSelektor:");
        Object tree = new Yaml().load(wrong);

        var refused =
                assertThrows(
                        IllegalArgumentException.class, () -> STRICT.convertValue(tree, Pod.class));
        assertInstanceOf(UnrecognizedPropertyException.class, refused.getCause());
    }

    @ParameterizedTest
    @MethodSource("classes")
    void theConfigurationOfTheRunnerIsOnlyInItsSecret(String runnerClass) throws IOException {
        var jit =
                pod(runnerClass).getSpec().getContainers().getFirst().getEnv().stream()
                        .filter(each -> each.getName().equals("ACTIONS_RUNNER_INPUT_JITCONFIG"))
                        .toList();

        assertEquals(1, jit.size());
        var from = jit.getFirst().getValueFrom().getSecretKeyRef();
        assertEquals(runnerClass + "-42", from.getName());
        assertEquals(null, jit.getFirst().getValue());
    }

    @Test
    void nothingIsPrivilegedWithContainerHooks() throws IOException {
        var spec = pod("linux-container").getSpec();

        assertEquals(List.of(), spec.getInitContainers());
        assertFalse(Serialization.asYaml(spec).contains("privileged"));
        assertEquals(HooksPod.SERVICE_ACCOUNT, spec.getServiceAccountName());
        assertTrue(spec.getAutomountServiceAccountToken());
    }

    /** Whom the network of the hooks' component lets through to the API server, and nobody else. */
    @ParameterizedTest
    @MethodSource("classes")
    void theNetworkKnowsARunnerWithContainerHooksByItsLabel(String runnerClass) throws IOException {
        Path policy = DOCS.resolveSibling("knative/components/container-hooks/network.yaml");
        var selected =
                Serialization.unmarshal(Files.readString(policy, UTF_8), NetworkPolicy.class)
                        .getSpec()
                        .getPodSelector()
                        .getMatchLabels();

        Pod pod = pod(runnerClass);

        assertEquals(
                HooksPod.SERVICE_ACCOUNT.equals(pod.getSpec().getServiceAccountName()),
                pod.getMetadata().getLabels().entrySet().containsAll(selected.entrySet()));
    }

    /** The daemon resolves what jobs mount in its own file system. */
    @ParameterizedTest
    @MethodSource("classes")
    void dockerSeesEveryMountAtThePathWhereTheRunnerDoes(String runnerClass) throws IOException {
        var written =
                file().entries().stream()
                        .filter(each -> each.runnerClass().name().value().equals(runnerClass))
                        .flatMap(each -> each.written().find("mounts").stream())
                        .flatMap(each -> each.items("mounts").stream())
                        .map(each -> each.get("mountPath").text("a path"))
                        .toList();
        var spec = pod(runnerClass).getSpec();
        var docker =
                spec.getInitContainers().stream()
                        .filter(each -> each.getName().equals("dind"))
                        .toList();

        for (Container each :
                Stream.concat(docker.stream(), spec.getContainers().stream()).toList()) {
            var paths =
                    each.getVolumeMounts().stream()
                            .map(VolumeMount::getMountPath)
                            .collect(Collectors.toSet());
            assertTrue(paths.containsAll(written), each.getName() + " " + paths);
        }
    }
}
