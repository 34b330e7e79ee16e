package dev.jitney.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the renderer against {@code kubectl kustomize}, where there is one of version 5. */
class RealKustomizeTest {
    @TempDir private static Path temporary = Path.of("");

    @BeforeAll
    static void needsKubectl() throws Exception {
        String version = version();
        boolean usable = Pattern.compile("Kustomize Version: v[5-9]").matcher(version).find();
        if (!usable) {
            System.err.println(
                    "SKIPPED RealKustomizeTest: no kubectl with kustomize 5: " + version.strip());
        }
        assumeTrue(usable);
    }

    static List<Path> overlays() {
        return Overlays.all();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void rendersTheSame(Path overlay) throws Exception {
        Path output = temporary.resolve("rendered.yaml");

        run(output, "kubectl", "kustomize", overlay.toString());

        Map<String, JsonNode> expected = byId(YamlFile.resources(output));
        Map<String, JsonNode> actual = byId(Rendering.of(overlay));
        assertEquals(expected.keySet(), actual.keySet());
        expected.forEach((id, resource) -> assertEquals(resource, actual.get(id), id));
    }

    @Test
    void generatesTheSame() throws Exception {
        Path generated = Files.createDirectories(temporary.resolve("generated/files"));
        Files.write(generated.resolve("bytes"), new byte[] {0, -1, 10});
        Files.writeString(generated.resolve("words"), "a: \u00e4\n\n");
        Path site = temporary.resolve("generated");
        Files.writeString(
                site.resolve("kustomization.yaml"),
                """
                secretGenerator:
                  - name: one
                    namespace: here
                    type: kubernetes.io/tls
                    files: [files/bytes, files/words]
                    options: {disableNameSuffixHash: true}
                  - {name: two, files: [files/words], options: {disableNameSuffixHash: true}}
                configMapGenerator:
                  - name: three
                    namespace: here
                    files: [files/words]
                    options: {disableNameSuffixHash: true}
                """);

        rendersTheSame(site);
    }

    private static Map<String, JsonNode> byId(List<ObjectNode> resources) {
        Map<String, JsonNode> byId = new TreeMap<>();
        resources.forEach(each -> byId.put(Rendering.id(each), each));
        return byId;
    }

    private static String version() throws Exception {
        try {
            Path output = temporary.resolve("version");
            run(output, "kubectl", "version", "--client");
            return Files.readString(output);
        } catch (IOException notThere) {
            return "there is none";
        }
    }

    private static void run(Path output, String... command) throws Exception {
        Path errors = temporary.resolve("errors");
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile())
                        .start();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("kubectl does not end");
        }
        assertEquals(0, process.exitValue(), Files.readString(errors, StandardCharsets.UTF_8));
    }
}
