package dev.jitney.testing;

import dev.jitney.core.Organization;
import dev.jitney.core.Policy;
import dev.jitney.core.ledger.Admission;
import dev.jitney.core.ledger.Backoff;
import dev.jitney.core.ledger.Completion;
import dev.jitney.core.ledger.Ledgers;
import dev.jitney.ghes.simulator.GhesSimulator;
import dev.jitney.ghes.simulator.GhesSimulatorConfig;
import dev.jitney.infinispan.server.EmbeddedInfinispan;
import dev.jitney.kubernetes.simulator.KubernetesSimulator;
import dev.jitney.kubernetes.simulator.KubernetesSimulatorConfig;
import dev.jitney.ledger.InfinispanGates;
import dev.jitney.ledger.InfinispanLedgers;
import dev.jitney.ledger.InspectableGates;
import dev.jitney.ledger.LedgerClient;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything outside one function under test: an Infinispan server, the GHES simulator, the
 * Kubernetes simulator and a broker's ingress. Tests get it injected into a field of this type.
 */
public final class World implements QuarkusTestResourceLifecycleManager {
    /**
     * Ten for an organization, as in production; twenty for the cluster, so that tests can fill it.
     */
    public static final Policy POLICY =
            new Policy(20, 10, Policy.parseClasses("code-linux=code-linux self-hosted linux x64"));

    private static final String TOKEN = "token-of-the-test";

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private Parts parts = Parts.NONE;

    private record Parts(
            @Nullable GhesSimulator ghes,
            @Nullable SinkServer sink,
            @Nullable LedgerClient client) {
        static final Parts NONE = new Parts(null, null, null);
    }

    @Override
    public Map<String, String> start() {
        try {
            Path data = Files.createTempDirectory("jitney-test");
            opened(() -> delete(data));
            EmbeddedInfinispan infinispan =
                    opened(EmbeddedInfinispan.start(EmbeddedInfinispan.Config.onLoopback(data, 0)));
            GhesSimulator ghes =
                    opened(GhesSimulator.start(GhesSimulatorConfig.of(TOKEN, "webhook-secret")));
            KubernetesSimulator kubernetes =
                    opened(
                            KubernetesSimulator.start(
                                    KubernetesSimulatorConfig.standard(ghes.url().toString())
                                            .withSpeed(100)));
            SinkServer sink = opened(new SinkServer());
            String servers = "127.0.0.1:" + infinispan.port();
            parts = new Parts(ghes, sink, opened(new LedgerClient(servers)));
            return Map.of(
                    "jitney.infinispan",
                    servers,
                    "jitney.ghes-url",
                    ghes.url().toString(),
                    "jitney.ghes-token",
                    TOKEN,
                    "jitney.capacity",
                    "20",
                    "KUBERNETES_MASTER",
                    kubernetes.url().toString(),
                    "K_SINK",
                    sink.url());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(World.class));
    }

    @Override
    public void stop() {
        for (AutoCloseable part : open) {
            try {
                part.close();
            } catch (Exception e) {
                throw new IllegalStateException("a part of the test world did not stop", e);
            }
        }
    }

    public GhesSimulator ghes() {
        return present(parts.ghes());
    }

    public SinkServer sink() {
        return present(parts.sink());
    }

    public Ledgers ledgers() {
        return new InfinispanLedgers(present(parts.client()));
    }

    public InspectableGates gates() {
        return new InfinispanGates(present(parts.client()));
    }

    /** The steps of admission, to bring the ledgers into the state that a test begins with. */
    public Admission admission() {
        return new Admission(
                ledgers(), gates(), POLICY, Backoff.STANDARD, InstantSource.system(), _ -> {});
    }

    /** Ends a job that no runner took; the place that was kept for it stays taken. */
    public void finish(String organization, long job) {
        ledgers()
                .update(
                        new Organization(organization),
                        ledger ->
                                Completion.completed(
                                        ledger,
                                        Events.waiting(organization, job),
                                        Optional.empty(),
                                        Instant.now()));
    }

    /** Ends a job that ran on the runner made for it; its place stays taken. */
    public void finishOn(String organization, long job) {
        var waiting = Events.waiting(organization, job);
        ledgers()
                .update(
                        new Organization(organization),
                        ledger ->
                                Completion.completed(
                                        ledger,
                                        waiting,
                                        Optional.of(waiting.runner()),
                                        Instant.now()));
    }

    /** Ends a job that no runner took, and frees its place. */
    public void end(String organization, long job) {
        finish(organization, job);
        admission()
                .released(
                        new Organization(organization),
                        Events.waiting(organization, job).runner(),
                        "TEST");
    }

    private static <T> T present(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the test world has not started");
        }
        return part;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
