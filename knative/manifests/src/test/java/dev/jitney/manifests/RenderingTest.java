package dev.jitney.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenderingTest {
    private static final String SERVICE =
            """
            apiVersion: v1
            kind: Service
            metadata: {name: front, namespace: here, labels: {a: "1", b: "2"}}
            spec: {ports: [{port: 80}], template: {containers: [{image: old}]}}
            """;

    @TempDir private Path directory = Path.of("");

    @BeforeEach
    void oneResource() {
        write("service.yaml", SERVICE);
    }

    private void write(String name, String text) {
        try {
            Path file = directory.resolve(name);
            Files.createDirectories(file.resolve("..").normalize());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<ObjectNode> render(String kustomization) {
        write("kustomization.yaml", "resources: [service.yaml]\n" + kustomization);
        return Rendering.of(directory);
    }

    @Test
    void mergesWhatAPatchSays_andTakesOutWhatItSaysIsNull() {
        ObjectNode service =
                render(
                                """
                                patches:
                                  - patch: |
                                      kind: Service
                                      apiVersion: v1
                                      metadata: {name: front, namespace: here, labels: {a: null, c: "3"}}
                                """)
                        .getFirst();

        assertEquals("{\"b\":\"2\",\"c\":\"3\"}", service.at("/metadata/labels").toString());
        assertEquals(80, service.at("/spec/ports/0/port").asInt());
    }

    @Test
    void doesWhatAJsonPatchSays_toAllItsTargets() {
        write("other.yaml", SERVICE.replace("front", "other"));
        write(
                "kustomization.yaml",
                """
                resources: [service.yaml, other.yaml]
                patches:
                  - target: {kind: Service, name: "front|other"}
                    patch: |
                      - {op: add, path: /spec/ports/-, value: {port: 90}}
                """);

        List<ObjectNode> services = Rendering.of(directory);

        assertEquals(90, services.getLast().at("/spec/ports/1/port").asInt());
        assertEquals(90, services.getFirst().at("/spec/ports/1/port").asInt());
    }

    @Test
    void appliesAComponentToWhatIsThereBefore_thenItsOwnPatches_thenImages() {
        write(
                "component/kustomization.yaml",
                """
                kind: Component
                resources: [namespace.yaml]
                patches:
                  - {path: label.yaml, target: {kind: Service}}
                """);
        write("component/namespace.yaml", "{apiVersion: v1, kind: Namespace, metadata: {name: n}}");
        write("component/label.yaml", "{metadata: {labels: {from: component}}}");

        List<ObjectNode> resources =
                render(
                        """
                        components: [component]
                        patches:
                          - target: {kind: Service}
                            patch: "{metadata: {labels: {last: itself}}}"
                        images: [{name: old, newName: new, newTag: "7"}]
                        """);

        assertEquals("Namespace", resources.getFirst().path("kind").asText());
        ObjectNode service = resources.getLast();
        assertEquals("component", service.at("/metadata/labels/from").asText());
        assertEquals("itself", service.at("/metadata/labels/last").asText());
        assertEquals("new:7", service.at("/spec/template/containers/0/image").asText());
    }

    @Test
    void makesObjectsOfFiles() {
        write("secrets/front/key", "\u00ff");
        write("words.txt", "a\nb\n");

        List<ObjectNode> resources =
                render(
                        """
                        secretGenerator:
                          - name: front
                            namespace: here
                            files: [secrets/front/key]
                            options: {disableNameSuffixHash: true}
                        configMapGenerator:
                          - {name: words, files: [words.txt], options: {disableNameSuffixHash: true}}
                        """);

        assertEquals(
                "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"front\","
                        + "\"namespace\":\"here\"},\"data\":{\"key\":\"w78=\"},\"type\":\"Opaque\"}",
                resources.get(1).toString());
        assertEquals("a\nb\n", resources.get(2).at("/data/words.txt").asText());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: a, files: [service.yaml]                       | disableNameSuffixHash",
                "name: a, options: {disableNameSuffixHash: true}      | needs a name and files",
                "name: a, files: [none], options: {disableNameSuffixHash: true} | does not exist",
                "name: a, files: [../x], options: {disableNameSuffixHash: true} | no file below",
                "name: a, files: [b=c], options: {disableNameSuffixHash: true}  | no file below",
                "name: a, literals: [b=c]                             | is not supported here",
            })
    void refusesGeneratorsThatItCannotDoAsKustomizeDoes(String generator, String why) {
        var refused =
                assertThrows(
                        InvalidKustomization.class,
                        () -> render("secretGenerator: [{" + generator + "}]\n"));

        assertTrue(String.valueOf(refused.getMessage()).contains(why), refused.getMessage());
    }

    @Test
    void writesWhatItCanRead() {
        List<ObjectNode> resources = render("");

        write("again/service.yaml", Rendering.yaml(resources));
        write("again/kustomization.yaml", "resources: [service.yaml]");

        assertEquals(resources, Rendering.of(directory.resolve("again")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "namePrefix: x-; field 'namePrefix' is not supported here",
                "namespace: x; field 'namespace' is not supported here",
                "kind: Elephant; is of kind Elephant",
                "components: [other]; does not exist",
                "components: [self]; is not of kind Component",
                "resources: [a.yaml]; Duplicate field 'resources'",
                "patches: [{path: none.yaml}]; none.yaml: does not exist",
                "patches: [{patch: '[]'}]; a JSON patch needs a 'target'",
                "patches: [{patch: '{kind: Pod, metadata: {name: x}}'}]; no resource fits",
                "patches: [{patch: '{}', path: x}]; a patch needs one of 'path' and 'patch'",
                "patches: [{patch: '{}', options: {}}]; field 'options' is not supported here",
                "patches: [{patch: '{spec: {ports: []}}', target: {}}]; /spec/ports: say this with",
                "patches: [{patch: '{$patch: delete}', target: {}}]; /$patch: say this with",
                "patches: [{patch: '{}', target: {labelSelector: a}}]; 'labelSelector' is not",
                "patches: [{patch: '[{op: replace, path: /a/b, value: 1}]', target: {}}]; a",
                "patches: [{patch: '[{op: remove, path: /a}]', target: {}}]; /a is not there",
                "images: [{newTag: x}]; an image needs a name",
            })
    void refusesWhatItDoesNotRenderLikeKustomize(String kustomization, String problem) {
        write("self/kustomization.yaml", "resources: []");

        var refused = assertThrows(InvalidKustomization.class, () -> render(kustomization));

        assertTrue(String.valueOf(refused.getMessage()).contains(problem), refused.getMessage());
        assertTrue(String.valueOf(refused.getMessage()).contains(directory.toString()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "service.yaml, service.yaml; is there already",
                "service.yaml, loop; refers to itself",
                "component; is a component: list it under 'components'",
                "nothing.yaml; does not exist",
                "nameless.yaml; without kind and metadata.name",
            })
    void refusesResourcesThatAreDoubleOrMissing(String resources, String problem) {
        write("loop/kustomization.yaml", "resources: [../loop]");
        write("component/kustomization.yaml", "kind: Component");
        write("nameless.yaml", "{kind: Service}");
        write("kustomization.yaml", "resources: [" + resources + "]");

        var refused = assertThrows(InvalidKustomization.class, () -> Rendering.of(directory));

        assertTrue(String.valueOf(refused.getMessage()).contains(problem), refused.getMessage());
    }
}
