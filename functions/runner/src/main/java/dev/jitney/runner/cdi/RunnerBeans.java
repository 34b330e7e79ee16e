package dev.jitney.runner.cdi;

import dev.jitney.classes.ClassFile;
import dev.jitney.cloudevents.FailureMapping;
import dev.jitney.ghes.AppJwt;
import dev.jitney.ghes.Ghes;
import dev.jitney.ghes.GhesUnavailable;
import dev.jitney.ghes.HttpGhes;
import dev.jitney.ghes.TokenSource;
import dev.jitney.kubernetes.Fabric8RunnerPods;
import dev.jitney.kubernetes.KubernetesConnection;
import dev.jitney.kubernetes.KubernetesUnavailable;
import dev.jitney.kubernetes.RunnerPodTemplates;
import dev.jitney.kubernetes.RunnerPods;
import dev.jitney.runner.Pause;
import dev.jitney.runner.RunnerMaker;
import dev.jitney.runner.RunnerRetirement;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Reads {@code JITNEY_GHES_URL} (root of the server), {@code JITNEY_GHES_TOKEN} (classic personal
 * access token with {@code admin:org} and {@code repo}) and, for calls about the deliveries of a
 * GitHub App's hook, {@code JITNEY_GHES_APP_ID} and {@code JITNEY_GHES_APP_KEY}; and {@code
 * JITNEY_RUNNER_NAMESPACE}, the namespace of the runners' pods.
 */
@Singleton
final class RunnerBeans {
    /** How long an event waits for a pod to end before the broker is asked to come again. */
    private static final Duration POD_PATIENCE = Duration.ofSeconds(5);

    @Produces
    @Singleton
    HttpGhes client(
            @ConfigProperty(name = "jitney.ghes-url") URI server,
            @ConfigProperty(name = "jitney.ghes-token") String token,
            @ConfigProperty(name = "jitney.ghes-app-id") Optional<String> appId,
            @ConfigProperty(name = "jitney.ghes-app-key") Optional<String> appKey) {
        Optional<AppJwt> app =
                appId.flatMap(id -> appKey.map(key -> new AppJwt(id, key, InstantSource.system())));
        return new HttpGhes(
                server,
                new TokenSource() {
                    @Override
                    public String token(String organization) {
                        return token;
                    }

                    @Override
                    public String appToken() {
                        return app.map(AppJwt::token).orElse(token);
                    }
                });
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
    RunnerRetirement retirement(Ghes ghes, RunnerPods pods) {
        return new RunnerRetirement(ghes, pods, Pause::really, POD_PATIENCE);
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
