package dev.jitney.provisioner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jitney.classes.ClassFile;
import dev.jitney.kubernetes.RunnerPodTemplates;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import org.junit.jupiter.api.Test;

class ClassesCheckTest {

    private static void start(String image) {
        String classes = "classes: [{name: a, labels: [a], image: '" + image + "'}]";
        var templates =
                new RunnerPodTemplates("runners", ClassFile.read("JITNEY_CLASSES", classes));
        new ClassesCheck().check(new StartupEvent(), templates);
    }

    @Test
    void startsOnlyWithClassesWhosePodsCanBeMade() {
        start("own/runner:1.0");

        var refused = assertThrows(ConfigurationException.class, () -> start("own/runner"));

        assertEquals(
                "JITNEY_CLASSES line 1: image is not pinned to a version: own/runner",
                refused.getMessage());
    }
}
