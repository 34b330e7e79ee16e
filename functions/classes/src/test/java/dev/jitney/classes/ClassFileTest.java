package dev.jitney.classes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.core.RunnerClass;
import dev.jitney.core.RunnerClassName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassFileTest {

    @Test
    void readsWhoGetsWhichJob() {
        var file =
                ClassFile.read(
                        "classes.yaml",
                        """
                        defaults:
                          image: own/runner:1.0
                        classes:
                          - name: small
                            labels: [Self-Hosted, linux]
                          - name: gpu
                            labels: [self-hosted, linux, gpu]
                            limit: 4
                            runnerGroup: GPU runners
                            maxMinutes: 60
                        """);

        assertEquals(
                List.of(
                        RunnerClass.of("small", "self-hosted", "linux"),
                        new RunnerClass(
                                new RunnerClassName("gpu"),
                                List.of("self-hosted", "linux", "gpu"),
                                4,
                                "GPU runners")),
                file.classes());
        assertEquals(List.of("maxMinutes"), aboutPods(file, 1));
        assertEquals(2, file.defaults().line());
    }

    private static List<String> aboutPods(ClassFile file, int position) {
        return ClassFile.aboutPods(file.entries().get(position).written()).stream()
                .map(each -> each.name())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\" \" | 1: 'classes' is missing",
                "code-linux=code-linux self-hosted | 1: write defaults or classes, each as"
                        + " 'name: value'",
                "clases: [] | 1: 'clases' is not known; did you mean classes?",
                "classes: | 1: there is no class; begin one with '- name: '",
                "classes: {a: [a]} | 1: write a list of classes, each beginning with '- name: '",
                "classes:~  - labels: [a] | 2: 'name' is missing",
                "classes:~  - name: A~    labels: [a] | 2: runner class name must be 1 to 35 of"
                        + " a-z, 0-9 and '-', not starting or ending with '-': A",
                "classes:~  - name: a | 2: 'labels' is missing",
                "classes:~  - name: a~    labels: a | 3: write a list of labels, for example"
                        + " [self-hosted, linux, x64]",
                "classes:~  - name: a~    labels: [] | 3: these are 0 labels; write 1 to 100",
                "classes:~  - name: a~    labels:~      - a~      - b,c | 5: 'b,c' is no label: 1"
                        + " to 256 characters without a comma",
                "classes:~  - name: a~    labels: [a]~    limit: -1 | 4: '-1' is not a whole number"
                        + " from 0",
                "classes:~  - name: a~    labels: [a]~    limits: 1 | 4: 'limits' is not known; did"
                        + " you mean limit?",
                "classes:~  - name: a~    labels: [a]~    runnerGroup: \"\" | 4: write the name of"
                        + " a runner group",
                "classes:~  - name: a~    labels: [a]~    nodes: x | 4: 'nodes' is not known; did"
                        + " you mean mode?",
                "classes:~  - name: a~    labels: [a]~  - name: a~    labels: [b] | 4: class 'a' is"
                        + " there twice, first on line 2",
                "classes:~  - name: a~    labels: [x, y]~  - name: b~    labels: [Y] | 5: no job"
                        + " can get class 'b': 'a' on line 2 has all its labels and comes first;"
                        + " put 'b' before it, or give it a label of its own",
                "defaults: {labels: [a]}~classes: [{name: a, labels: [a]}] | 1: 'labels' is not"
                        + " known; write mode, maxMinutes, image, resources, env, mounts, ca, dind,"
                        + " kubernetes or template",
                "classes: [ | 1: expected the node content, but found '<stream end>'",
            })
    void saysTheLineAndTheReason(String text, String reason) {
        var refused =
                assertThrows(
                        ClassesRefused.class,
                        () -> ClassFile.read("classes.yaml", text.replace('~', '\n')));

        String message = String.valueOf(refused.getMessage());
        assertTrue(message.startsWith("classes.yaml line " + reason), message);
    }

    @Test
    void refusesWhatDoesNotFitIntoTheEnvironment() {
        String text = "classes: [{name: a, labels: [a]}]\n" + "#".repeat(100 * 1024);

        var refused =
                assertThrows(ClassesRefused.class, () -> ClassFile.read("classes.yaml", text));

        assertTrue(String.valueOf(refused.getMessage()).contains("write at most 102400"));
    }
}
