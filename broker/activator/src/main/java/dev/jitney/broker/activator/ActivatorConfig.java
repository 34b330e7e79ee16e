package dev.jitney.broker.activator;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the activator that a cluster would keep outside the YAML.
 *
 * @param directory for its own records; used by one activator at a time
 * @param logs directory for the output of the instances
 * @param artifacts from an image name of the manifests to a directory
 * @param command from such a directory to a process
 * @param secrets values of {@code secretKeyRef}
 * @param overrides environment that wins over that of the manifests, for every Service
 * @param timing durations
 * @param queueMax requests of one Service that may wait; further ones are refused
 * @param lines hears the output of the instances
 * @param events hears what becomes of the instances; called on the event loop, so be brief
 */
public record ActivatorConfig(
        Path directory,
        Path logs,
        Function<String, Path> artifacts,
        CommandLine command,
        Secrets secrets,
        Map<String, String> overrides,
        Timing timing,
        int queueMax,
        LineListener lines,
        Consumer<InstanceEvent> events) {
    public ActivatorConfig {
        overrides = Map.copyOf(overrides);
    }

    /**
     * Durations.
     *
     * @param window replaces the stable window of every Service; null follows the annotations
     * @param retention replaces the pod retention period of every Service; null follows the
     *     annotations
     * @param startDeadline an instance that is not ready by then has failed
     * @param stopGrace from SIGTERM to SIGKILL
     * @param scaleUpAfter how long the load must ask for a second instance before it is started;
     *     the first starts at once
     * @param crashBackoffMax the longest wait between two starts that fail
     * @param probeEvery pause between two readiness probes
     */
    public record Timing(
            @Nullable Duration window,
            @Nullable Duration retention,
            Duration startDeadline,
            Duration stopGrace,
            Duration scaleUpAfter,
            Duration crashBackoffMax,
            Duration probeEvery) {

        /** Follows the manifests; 30 s to start, 4 s to stop, 2 s of load for a second instance. */
        public static Timing defaults() {
            return new Timing(
                    null,
                    null,
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(10),
                    Duration.ofMillis(5));
        }
    }
}
