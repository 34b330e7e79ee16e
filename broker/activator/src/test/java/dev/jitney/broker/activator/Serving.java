package dev.jitney.broker.activator;

import dev.jitney.broker.activator.ActivatorConfig.Timing;
import dev.jitney.broker.dispatcher.ServiceRef;
import dev.jitney.broker.dispatcher.manifest.Manifests;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** An activator and a gateway around one function that runs as a real process. */
final class Serving implements AutoCloseable {
    static final ServiceRef FN = new ServiceRef("test", "fn");
    private static final String YAML =
            """
            apiVersion: eventing.knative.dev/v1
            kind: Broker
            metadata: {name: events, namespace: test}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings, namespace: test}
            data: {FROM_MAP: map, BOTH: map}
            ---
            apiVersion: sources.knative.dev/v1
            kind: SinkBinding
            metadata: {name: fn-sink, namespace: test}
            spec:
              subject: {apiVersion: serving.knative.dev/v1, kind: Service, name: fn}
              sink: {ref: {apiVersion: eventing.knative.dev/v1, kind: Broker, name: events}}
              ceOverrides: {extensions: {org: acme}}
            ---
            apiVersion: serving.knative.dev/v1
            kind: Service
            metadata: {name: fn, namespace: test}
            spec:
              template:
                metadata:
                  annotations: ANNOTATIONS
                spec:
                  SPEC
                  containers:
                    - image: test/fn
                      envFrom: [{configMapRef: {name: settings}}]
                      env:
                        - {name: BOTH, value: env}
                        - name: TOKEN
                          valueFrom: {secretKeyRef: {name: credentials, key: token}}
                        - {name: FILES, value: /etc/credentials}
                        - {name: FILE, value: /etc/credentials/token}
                        - {name: ABSENT, value: /etc/absent/ca.crt}
                        - {name: NO_FILE, value: /etc/credentials-not}
                      volumeMounts:
                        - {name: credentials, mountPath: /etc/credentials, readOnly: true}
                        - {name: absent, mountPath: /etc/absent, readOnly: true}
                      readinessProbe: {httpGet: {path: /ready}}
                  volumes:
                    - {name: credentials, secret: {secretName: credentials}}
                    - {name: absent, configMap: {name: absent, optional: true}}
            """;

    final List<InstanceEvent> events = new CopyOnWriteArrayList<>();
    final List<String> lines = new CopyOnWriteArrayList<>();

    /** What the Secret holds that the function has as a variable and as a volume. */
    volatile Map<String, String> credentials = Map.of("token", "s3cret");

    final Path directory;
    final Activator activator;
    final Gateway gateway;
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Serving(Path directory, String annotations, String spec, UnaryOperator<Timing> timing)
            throws IOException {
        this(directory, annotations, spec, timing, Map.of("OVERRIDE", "yes"), 100);
    }

    Serving(
            Path directory,
            String annotations,
            String spec,
            UnaryOperator<Timing> timing,
            Map<String, String> overrides,
            int queueMax)
            throws IOException {
        this.directory = directory;
        Path yaml = Files.createDirectories(directory.resolve("yaml"));
        Files.writeString(
                yaml.resolve("all.yaml"),
                YAML.replace("ANNOTATIONS", annotations).replace("SPEC", spec));
        ActivatorConfig config =
                new ActivatorConfig(
                        directory.resolve("state"),
                        directory.resolve("logs"),
                        image -> directory,
                        (artifact, heap) -> command("TestFunction"),
                        (namespace, name) -> Optional.of(credentials),
                        overrides,
                        timing.apply(Timing.defaults()),
                        queueMax,
                        (service, instance, line) -> lines.add(line),
                        events::add);
        activator = Activator.create(vertx, config, Manifests.read(yaml));
        gateway = Gateway.start(vertx, activator, Map.of("/fn", FN), 0);
        activator.open(URI.create("http://127.0.0.1:1"));
    }

    /** A JVM with the class path of the tests. */
    static List<String> command(String main, String... arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> flags = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");
        List<String> command = new CopyOnWriteArrayList<>(List.of(java));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add("dev.jitney.broker.activator." + main);
        command.addAll(List.of(arguments));
        return List.copyOf(command);
    }

    static Timing fast(Timing timing) {
        return new Timing(
                Duration.ofMillis(200),
                Duration.ZERO,
                timing.startDeadline(),
                timing.stopGrace(),
                Duration.ZERO,
                Duration.ofSeconds(1),
                timing.probeEvery());
    }

    String get(String path) {
        return send(path).join().body();
    }

    int status(String path) {
        return send(path).join().statusCode();
    }

    CompletableFuture<HttpResponse<String>> send(String path) {
        return send(HttpRequest.newBuilder(gateway.url().resolve(path)).build());
    }

    CompletableFuture<HttpResponse<String>> send(HttpRequest request) {
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    ServiceStats stats() {
        return Objects.requireNonNull(activator.stats().get(FN));
    }

    /** The process that gave an answer. */
    static String pid(String answer) {
        return answer.substring(0, answer.indexOf(' '));
    }

    /** Whether a process runs; one that ended and that nobody has collected yet does not. */
    static boolean runs(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return !stat.substring(stat.lastIndexOf(')') + 2).startsWith("Z");
        } catch (IOException gone) {
            return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
        }
    }

    /** Waits for a condition, no longer than needed. */
    static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain until " + what);
            }
            java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
        }
    }

    @Override
    public void close() {
        gateway.close();
        activator.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        client.close();
    }
}
