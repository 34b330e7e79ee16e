package dev.jitney.standalone.system;

import dev.jitney.ghes.GhesConnection;
import dev.jitney.ghes.simulator.GhesObserver;
import dev.jitney.ghes.simulator.GhesSimulator;
import dev.jitney.kubernetes.simulator.KubernetesObserver;
import dev.jitney.standalone.platform.PlatformSettings;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A whole system on this machine. This process is the outside world (GHES, Kubernetes, the way in)
 * and the supervisor; the platform is one child, and every function instance a child of that.
 */
public final class LocalSystem implements AutoCloseable {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Calls of the reconciler to GHES in one tick, as by default. */
    private static final long RECONCILER_CALLS = 400;

    private static final Duration STOP_WITHIN = Duration.ofMillis(8_500);
    private static final Duration TRAINING_STOP_WITHIN = Duration.ofSeconds(160);

    private final SystemConfig config;
    private final Watchers watchers = new Watchers();

    /** What has been started, the last first. */
    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    private final DataDirectory data;
    private final RunningProcesses processes;
    private final Front front;
    private final OutsideWorld outside;
    private final PlatformSettings.Ports ports;

    private LocalSystem(SystemConfig config, SystemListener listener) throws IOException {
        this.config = config;
        FreePorts free = new FreePorts();
        ports = new PlatformSettings.Ports(free.next(), free.next(), free.next());
        data = keep(DataDirectory.open(config.data(), config.clean()));
        try {
            processes = new RunningProcesses(data);
            front = keep(Front.start(config.port(), ports.gateway()));
            outside = keep(OutsideWorld.start(config, data, access(), watchers, watchers));
            Path settings = data.path().resolve("platform.json");
            platformSettings().write(settings);
            PlatformProcess platform =
                    new PlatformProcess(
                            data,
                            settings,
                            processes,
                            listener,
                            config.training() ? TRAINING_STOP_WITHIN : STOP_WITHIN);
            keep(platform).start();
            publish(Map.of());
        } catch (IOException | RuntimeException failed) {
            close();
            throw failed;
        }
    }

    /**
     * Starts a system and returns once all of it answers.
     *
     * @throws StartFailed with one line for a person; nothing is left running then
     */
    public static LocalSystem start(SystemConfig config, SystemListener listener) {
        try {
            return new LocalSystem(config, listener);
        } catch (IOException e) {
            throw new StartFailed("cannot start: " + e, e);
        }
    }

    private <T extends AutoCloseable> T keep(T part) {
        started.push(part);
        return part;
    }

    private OutsideWorld.Access access() {
        return new OutsideWorld.Access(
                webhookUrl(), firstLine(webhookSecretFile()), firstLine(data.ghesTokenFile()));
    }

    private static String firstLine(Path file) {
        try {
            return Files.readString(file)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .findFirst()
                    .orElseThrow(() -> new StartFailed(file + " is empty"));
        } catch (IOException e) {
            throw new StartFailed("cannot read " + file, e);
        }
    }

    /** A directory, or a file with a token. */
    private Path ghesCredentials() {
        return config.outside()
                .ghes()
                .map(GhesConnection.Access::credentials)
                .orElse(data.ghesTokenFile())
                .toAbsolutePath();
    }

    /** Whoever ticks more often than once a minute runs in compressed time. */
    private static Optional<String> callsPerMinute(@Nullable Duration tick) {
        return tick == null || tick.compareTo(MINUTE) >= 0
                ? Optional.empty()
                : Optional.of(
                        Long.toString(
                                RECONCILER_CALLS
                                        * MINUTE.toMillis()
                                        / Math.max(1, tick.toMillis())));
    }

    private PlatformSettings platformSettings() {
        Map<String, String> environment = new LinkedHashMap<>(config.settings().environment());
        environment.put("JITNEY_GHES_URL", outside.ghesUrl().toString());
        environment.put("JITNEY_INFINISPAN", infinispan());
        callsPerMinute(config.settings().tick())
                .ifPresent(
                        calls ->
                                environment.putIfAbsent(
                                        "JITNEY_RECONCILER_CALLS_PER_MINUTE", calls));
        // The client reads a kubeconfig again for every call that has no token; a URL costs
        // nothing.
        outside.kubernetesUrl()
                .ifPresentOrElse(
                        url -> environment.put("KUBERNETES_MASTER", url.toString()),
                        () ->
                                environment.put(
                                        "KUBECONFIG",
                                        outside.kubeconfig().toAbsolutePath().toString()));
        return new PlatformSettings(
                config.root(),
                data.path().toAbsolutePath(),
                ports,
                webhookSecretFile().toAbsolutePath(),
                ghesCredentials(),
                config.outside().ghes().flatMap(GhesConnection.Access::ca).orElse(null),
                environment,
                new PlatformSettings.Delivery(
                        config.settings().tick(),
                        config.settings().forceToDisk(),
                        config.trial().faults(),
                        config.trial().seed()),
                config.settings().idle(),
                config.training());
    }

    /**
     * Writes {@code up.json}, where other commands find this system.
     *
     * @param more addresses beside those of {@link #addresses()}
     */
    public void publish(Map<String, String> more) {
        JsonObject json = new JsonObject();
        addresses().forEach(json::put);
        more.forEach(json::put);
        json.put("webhookSecretFile", webhookSecretFile().toAbsolutePath().toString());
        json.put("ghesCredentials", ghesCredentials().toString());
        config.outside()
                .ghes()
                .flatMap(GhesConnection.Access::ca)
                .ifPresent(file -> json.put("ghesCaFile", file.toString()));
        data.replace("up.json", json.encodePrettily() + "\n");
    }

    /** Where everything listens, by name, in the order to show it. */
    public SequencedMap<String, String> addresses() {
        var addresses = new LinkedHashMap<String, String>();
        addresses.put("webhook", webhookUrl().toString());
        addresses.put("broker", "http://127.0.0.1:" + ports.broker() + "/jitney/events");
        addresses.put("infinispan", infinispan());
        addresses.put("ghes", outside.ghesUrl().toString());
        outside.kubernetesUrl().ifPresent(url -> addresses.put("kubernetes", url.toString()));
        addresses.put("kubeconfig", outside.kubeconfig().toAbsolutePath().toString());
        addresses.put("data", data.path().toAbsolutePath().toString());
        return addresses;
    }

    public URI webhookUrl() {
        return URI.create("http://127.0.0.1:" + front.port() + "/webhook");
    }

    /** Host and port of the Hot Rod server. */
    public String infinispan() {
        return "127.0.0.1:" + ports.infinispan();
    }

    /** The file with the secret that webhooks are signed with, in its first line. */
    public Path webhookSecretFile() {
        return config.outside().webhookSecretFile().orElse(data.webhookSecretFile());
    }

    /** Empty with a real GHES. */
    public Optional<GhesSimulator> ghes() {
        return outside.ghes();
    }

    /** Where the simulated cluster answers; empty with a real one. */
    public Optional<URI> kubernetesUrl() {
        return outside.kubernetesUrl();
    }

    public RunningProcesses processes() {
        return processes;
    }

    public SystemConfig config() {
        return config;
    }

    /** Who is told from now on what happens outside; earlier watchers are not any more. */
    public void watch(GhesObserver ghes, KubernetesObserver kubernetes) {
        watchers.set(ghes, kubernetes);
    }

    /** Stops everything, within ten seconds. A second call does nothing. */
    @Override
    public synchronized void close() {
        RuntimeException failure = null;
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                failure = new IllegalStateException("a part did not stop", e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
