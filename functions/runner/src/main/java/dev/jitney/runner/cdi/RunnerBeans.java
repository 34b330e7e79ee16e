package dev.jitney.runner.cdi;

import dev.jitney.classes.ClassFile;
import dev.jitney.cloudevents.FailureMapping;
import dev.jitney.ghes.Ghes;
import dev.jitney.ghes.GhesConnection;
import dev.jitney.ghes.GhesUnavailable;
import dev.jitney.ghes.Hooks;
import dev.jitney.ghes.HttpGhes;
import dev.jitney.ghes.HttpHooks;
import dev.jitney.kubernetes.Fabric8RunnerPods;
import dev.jitney.kubernetes.KubernetesConnection;
import dev.jitney.kubernetes.KubernetesUnavailable;
import dev.jitney.kubernetes.RunnerPodTemplates;
import dev.jitney.kubernetes.RunnerPods;
import dev.jitney.runner.Pause;
import dev.jitney.runner.RunnerMaker;
import dev.jitney.runner.RunnerRetirement;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Reads {@code JITNEY_GHES_URL} (root of the server), {@code JITNEY_GHES_CREDENTIALS} (directory
 * with {@code token}, or {@code app-id} and {@code private-key}) and {@code JITNEY_GHES_CA_FILE}
 * (certificates of a private authority); and {@code JITNEY_RUNNER_NAMESPACE}, the namespace of the
 * runners' pods.
 */
@Singleton
final class RunnerBeans {
    @Produces
    @Singleton
    GhesConnection connection(
            @ConfigProperty(name = "jitney.ghes-url") URI server,
            @ConfigProperty(name = "jitney.ghes-credentials", defaultValue = "/etc/jitney/ghes")
                    Path credentials,
            @ConfigProperty(name = "jitney.ghes-ca-file") Optional<Path> ca) {
        try {
            return GhesConnection.open(new GhesConnection.Access(server, credentials, ca));
        } catch (IllegalArgumentException unusable) {
            throw new ConfigurationException(
                    "JITNEY_GHES_CREDENTIALS or JITNEY_GHES_CA_FILE: " + unusable.getMessage());
        }
    }

    void close(@Disposes GhesConnection connection) {
        connection.close();
    }

    /** Reads the credentials at start, not at the first event. */
    void validate(@Observes StartupEvent event, GhesConnection connection) {}

    @Produces
    @Singleton
    Ghes client(GhesConnection connection) {
        return new HttpGhes(connection);
    }

    @Produces
    @Singleton
    Hooks hooks(GhesConnection connection) {
        return new HttpHooks(connection);
    }

    @Produces
    @Singleton
    RunnerPodTemplates templates(
            ClassFile classes,
            @ConfigProperty(name = "jitney.runner-namespace", defaultValue = "jitney-runners")
                    String namespace) {
        return new RunnerPodTemplates(namespace, classes);
    }

    @Produces
    @Singleton
    RunnerPods pods(
            @ConfigProperty(name = "KUBERNETES_MASTER") Optional<String> apiServer,
            RunnerPodTemplates templates) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        apiServer.ifPresent(url -> environment.put("KUBERNETES_MASTER", url));
        return new Fabric8RunnerPods(KubernetesConnection.fromEnvironment(environment), templates);
    }

    void close(@Disposes RunnerPods pods) {
        pods.close();
    }

    @Produces
    @Singleton
    RunnerMaker maker(Ghes ghes, RunnerPods pods) {
        return new RunnerMaker(ghes, pods);
    }

    @Produces
    @Singleton
    RunnerRetirement retirement(
            Ghes ghes,
            RunnerPods pods,
            @ConfigProperty(name = "jitney.pod-patience", defaultValue = "5s") Duration patience) {
        return new RunnerRetirement(ghes, pods, Pause::really, patience);
    }

    @Produces
    @Singleton
    FailureMapping ghesUnavailable() {
        return FailureMapping.tryAgain(GhesUnavailable.class, GhesUnavailable::retryAfter);
    }

    @Produces
    @Singleton
    FailureMapping kubernetesUnavailable() {
        return FailureMapping.tryAgain(
                KubernetesUnavailable.class, KubernetesUnavailable::retryAfter);
    }
}
