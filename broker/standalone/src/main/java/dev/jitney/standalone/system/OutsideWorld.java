package dev.jitney.standalone.system;

import dev.jitney.ghes.simulator.GhesFaults;
import dev.jitney.ghes.simulator.GhesObserver;
import dev.jitney.ghes.simulator.GhesSimulator;
import dev.jitney.ghes.simulator.GhesSimulatorConfig;
import dev.jitney.kubernetes.simulator.KubernetesFaults;
import dev.jitney.kubernetes.simulator.KubernetesObserver;
import dev.jitney.kubernetes.simulator.KubernetesSimulator;
import dev.jitney.kubernetes.simulator.KubernetesSimulatorConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** GHES and Kubernetes: simulated, unless a real one is named. */
final class OutsideWorld implements AutoCloseable {
    private static final int PODS_PER_NODE = 100;
    private static final int NODES_MIN = 4;

    private final @Nullable GhesSimulator ghes;
    private final @Nullable KubernetesSimulator kubernetes;
    private final URI ghesUrl;
    private final Path kubeconfig;

    private OutsideWorld(
            @Nullable GhesSimulator ghes,
            @Nullable KubernetesSimulator kubernetes,
            URI ghesUrl,
            Path kubeconfig) {
        this.ghes = ghes;
        this.kubernetes = kubernetes;
        this.ghesUrl = ghesUrl;
        this.kubeconfig = kubeconfig;
    }

    /** What the simulators sign with, accept and send to. */
    record Access(URI webhook, String webhookSecret, String ghesToken) {
        /** Leaves the secrets out. */
        @Override
        public String toString() {
            return "Access[webhook=" + webhook + "]";
        }
    }

    static OutsideWorld start(
            SystemConfig config,
            DataDirectory data,
            Access access,
            GhesObserver ghesObserver,
            KubernetesObserver kubernetesObserver) {
        GhesSimulator ghes =
                config.outside().ghes().isPresent()
                        ? null
                        : GhesSimulator.start(ghes(config.trial(), access, ghesObserver));
        URI ghesUrl = ghes == null ? config.outside().ghes().orElseThrow().server() : ghes.url();
        if (config.outside().kubeconfig().isPresent()) {
            Path given = config.outside().kubeconfig().orElseThrow();
            return new OutsideWorld(ghes, null, ghesUrl, given);
        }
        try {
            KubernetesSimulator kubernetes =
                    KubernetesSimulator.start(kubernetes(config, ghesUrl, kubernetesObserver));
            data.replace("kubeconfig", kubernetes.kubeconfig());
            return new OutsideWorld(ghes, kubernetes, ghesUrl, data.path().resolve("kubeconfig"));
        } catch (RuntimeException failed) {
            if (ghes != null) {
                ghes.close();
            }
            throw failed;
        }
    }

    private static GhesSimulatorConfig ghes(
            SystemConfig.Trial trial, Access access, GhesObserver observer) {
        return GhesSimulatorConfig.of(access.ghesToken(), access.webhookSecret())
                .withWebhookUrl(access.webhook())
                .withSpeed(trial.speed(), trial.seed())
                .withFaults(GhesFaults.of(trial.faults()))
                .withObserver(observer);
    }

    private static KubernetesSimulatorConfig kubernetes(
            SystemConfig config, URI ghesUrl, KubernetesObserver observer) {
        SystemConfig.Trial trial = config.trial();
        int nodes = Math.ceilDiv(config.settings().capacity(), PODS_PER_NODE);
        return KubernetesSimulatorConfig.standard(ghesUrl.toString())
                .withSpeed(trial.speed())
                .withNodes(Math.max(NODES_MIN, nodes), PODS_PER_NODE)
                .withFaults(faults(trial))
                .withObserver(observer);
    }

    private static KubernetesFaults faults(SystemConfig.Trial trial) {
        return switch (trial.faults()) {
            case "light" -> KubernetesFaults.light(trial.seed());
            case "heavy" -> KubernetesFaults.heavy(trial.seed());
            default -> KubernetesFaults.none();
        };
    }

    Optional<GhesSimulator> ghes() {
        return Optional.ofNullable(ghes);
    }

    Optional<URI> kubernetesUrl() {
        return Optional.ofNullable(kubernetes).map(simulator -> URI.create(simulator.url()));
    }

    URI ghesUrl() {
        return ghesUrl;
    }

    Path kubeconfig() {
        return kubeconfig;
    }

    @Override
    public void close() {
        if (ghes != null) {
            ghes.close();
        }
        if (kubernetes != null) {
            kubernetes.close();
        }
    }
}
