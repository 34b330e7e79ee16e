package dev.jitney.provisioner;

import dev.jitney.classes.ClassesRefused;
import dev.jitney.kubernetes.RunnerPodTemplates;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Refuses to start with a class whose pods cannot be made: no job shall find that out. */
@Singleton
final class ClassesCheck {
    void check(@Observes StartupEvent event, RunnerPodTemplates templates) {
        try {
            templates.check();
        } catch (ClassesRefused e) {
            throw new ConfigurationException(String.valueOf(e.getMessage()));
        }
    }
}
