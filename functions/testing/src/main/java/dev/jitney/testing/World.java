package dev.jitney.testing;

import dev.jitney.classes.ClassFile;
import dev.jitney.core.Organization;
import dev.jitney.core.Policy;
import dev.jitney.core.RunnerClass;
import dev.jitney.core.RunnerName;
import dev.jitney.core.event.RunnerEvent;
import dev.jitney.core.ledger.Admission;
import dev.jitney.core.ledger.Adoption;
import dev.jitney.core.ledger.Backoff;
import dev.jitney.core.ledger.Completion;
import dev.jitney.core.ledger.Leasing;
import dev.jitney.core.ledger.Ledgers;
import dev.jitney.core.policy.PolicyChange;
import dev.jitney.core.policy.PolicyEdit;
import dev.jitney.ghes.Ghes;
import dev.jitney.ghes.HttpGhes;
import dev.jitney.ghes.JitRequest;
import dev.jitney.ghes.JitRunner;
import dev.jitney.ghes.simulator.GhesSimulator;
import dev.jitney.ghes.simulator.GhesSimulatorConfig;
import dev.jitney.ghes.simulator.GhesSite;
import dev.jitney.infinispan.server.EmbeddedInfinispan;
import dev.jitney.kubernetes.Fabric8RunnerPods;
import dev.jitney.kubernetes.KubernetesConnection;
import dev.jitney.kubernetes.RunnerPodSpec;
import dev.jitney.kubernetes.RunnerPodTemplates;
import dev.jitney.kubernetes.RunnerPods;
import dev.jitney.kubernetes.simulator.KubernetesSimulator;
import dev.jitney.kubernetes.simulator.KubernetesSimulatorConfig;
import dev.jitney.ledger.InfinispanGates;
import dev.jitney.ledger.InfinispanLedgers;
import dev.jitney.ledger.InfinispanLocks;
import dev.jitney.ledger.InfinispanPolicyStore;
import dev.jitney.ledger.InspectableGates;
import dev.jitney.ledger.LedgerClient;
import dev.jitney.ledger.Locks;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.infinispan.client.hotrod.RemoteCacheManager;
import org.infinispan.client.hotrod.configuration.ConfigurationBuilder;
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
            new Policy(
                    20,
                    10,
                    List.of(
                            RunnerClass.of(
                                    "code-linux", "code-linux", "self-hosted", "linux", "x64")));

    /** What the functions prove to GHES who they are with: nobody may ever read it in a log. */
    public static final String TOKEN = "token-of-the-test";

    /** When that token ends, as GHES says. */
    public static final Instant TOKEN_EXPIRES = Instant.parse("2099-01-01T00:00:00Z");

    /** A pod runs after 0.4 s and needs 0.1 s to end: short, but not too short to be noticed. */
    private static final double SPEED = 10;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private Parts parts = Parts.NONE;
    private int infinispanPort;

    private record Parts(
            @Nullable GhesSimulator ghes,
            @Nullable SinkServer sink,
            @Nullable LedgerClient client,
            @Nullable Front ghesFront,
            @Nullable Front kubernetesFront,
            @Nullable RunnerPods pods,
            @Nullable KubernetesSimulator kubernetes) {
        static final Parts NONE = new Parts(null, null, null, null, null, null, null);
    }

    @Override
    public Map<String, String> start() {
        try {
            Path data = Files.createTempDirectory("jitney-test");
            opened(() -> delete(data));
            Path credentials = Files.createDirectory(data.resolve("ghes"));
            Files.writeString(credentials.resolve("token"), TOKEN + "\n");
            EmbeddedInfinispan infinispan =
                    opened(EmbeddedInfinispan.start(EmbeddedInfinispan.Config.onLoopback(data, 0)));
            GhesSimulator ghes =
                    opened(
                            GhesSimulator.start(
                                    GhesSimulatorConfig.of(TOKEN, "webhook-secret")
                                            .withSite(
                                                    GhesSite.usual()
                                                            .withTokenExpires(TOKEN_EXPIRES))));
            KubernetesSimulator kubernetes =
                    opened(
                            KubernetesSimulator.start(
                                    KubernetesSimulatorConfig.standard(ghes.url().toString())
                                            .withSpeed(SPEED)));
            SinkServer sink = opened(new SinkServer());
            infinispanPort = infinispan.port();
            String servers = "127.0.0.1:" + infinispanPort;
            List<String> calls = new CopyOnWriteArrayList<>();
            Front ghesFront = opened(new Front(ghes.url(), calls));
            Front kubernetesFront = opened(new Front(URI.create(kubernetes.url()), calls));
            RunnerPods pods = opened(podsOf(kubernetes, "{}"));
            parts =
                    new Parts(
                            ghes,
                            sink,
                            opened(new LedgerClient(servers)),
                            ghesFront,
                            kubernetesFront,
                            pods,
                            kubernetes);
            ledgers().change(ledger -> Adoption.opened(ledger, List.of()));
            return Map.of(
                    "jitney.infinispan",
                    servers,
                    "jitney.ghes-url",
                    ghesFront.url(),
                    "jitney.ghes-credentials",
                    credentials.toString(),
                    "jitney.capacity",
                    "20",
                    "jitney.policy-every",
                    "0s",
                    "KUBERNETES_MASTER",
                    kubernetesFront.url(),
                    "K_SINK",
                    sink.url());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RunnerPods podsOf(KubernetesSimulator kubernetes, String podSpec) {
        String classes =
                "classes: [{name: code-linux, labels: [code-linux], template: {spec: %s}}]"
                        .formatted(podSpec);
        return new Fabric8RunnerPods(
                KubernetesConnection.fromEnvironment(Map.of("KUBERNETES_MASTER", kubernetes.url())),
                new RunnerPodTemplates("jitney-runners", ClassFile.read("classes", classes)));
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
        if (parts.kubernetesFront() != null) {
            KubernetesCalls.write(kubernetesFront().callsWith(""));
        }
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

    /** What the function under test calls GHES by: it can be told to answer badly. */
    public Front ghesFront() {
        return present(parts.ghesFront());
    }

    /** What the function under test calls Kubernetes by. */
    public Front kubernetesFront() {
        return present(parts.kubernetesFront());
    }

    /** GHES as the test sees it, past the front. */
    public Ghes github() {
        return new HttpGhes(ghes().url(), _ -> TOKEN);
    }

    /** The cluster as the test sees it, past the front. */
    public RunnerPods pods() {
        return present(parts.pods());
    }

    /** The same cluster, for pods of other settings; the caller closes it. */
    public RunnerPods pods(String podSpec) {
        return podsOf(kubernetes(), podSpec);
    }

    /** The cluster itself: what befalls its pods, and where it answers. */
    public KubernetesSimulator kubernetes() {
        return present(parts.kubernetes());
    }

    public SinkServer sink() {
        return present(parts.sink());
    }

    public Ledgers ledgers() {
        return new InfinispanLedgers(present(parts.client()));
    }

    /** The store loses every ledger, as if all its servers had lost their disks. */
    public void loseTheLedgers() {
        var servers = new ConfigurationBuilder();
        servers.addServer().host("127.0.0.1").port(infinispanPort);
        try (var manager = new RemoteCacheManager(servers.build())) {
            manager.getCache("ledgers").clear();
        }
    }

    public InspectableGates gates() {
        return new InfinispanGates(present(parts.client()));
    }

    public Locks locks() {
        return new InfinispanLocks(present(parts.client()));
    }

    /** Changes the policy, as an operator does; the function knows it with the next event. */
    public void change(PolicyEdit edit) {
        var change =
                new PolicyChange(
                        UUID.randomUUID().toString(), edit, "test", Instant.now(), "a test");
        new InfinispanPolicyStore(present(parts.client()), Duration.ofSeconds(10))
                .update(document -> document.with(change));
    }

    /** The steps of admission, to bring the ledgers into the state that a test begins with. */
    public Admission admission() {
        return new Admission(
                ledgers(), gates(), POLICY, Backoff.STANDARD, InstantSource.system(), _ -> {});
    }

    /** Admits a job: its lease stands, and nobody has been asked for its runner yet. */
    public RunnerEvent.Requested granted(String organization, long job) {
        return admission()
                .queued(new Organization(organization), Events.waiting(organization, job))
                .getFirst();
    }

    /** Admits a job and makes its runner. The organization must exist on GHES. */
    public RunnerName started(String organization, long job) {
        return started(organization, job, pods());
    }

    /** The same, with a pod of other settings. */
    public RunnerName started(String organization, long job, RunnerPods own) {
        RunnerEvent.Requested requested = granted(organization, job);
        String runner = requested.runner();
        JitRequest request = JitRequest.of(runner, 1, POLICY.classes().getFirst().labels());
        JitRunner jit = github().generateJitConfig(organization, request);
        RunnerPodSpec spec =
                new RunnerPodSpec(
                        runner,
                        organization,
                        requested.runnerClass(),
                        job,
                        requested.repository(),
                        jit.runnerId());
        own.handOver(runner, own.create(spec).uid(), jit.encodedJitConfig());
        RunnerName name = requested.runnerName();
        ledgers().update(requested.org(), ledger -> Leasing.started(ledger, name, Instant.now()));
        return name;
    }

    /** Waits until something holds that other processes bring about. */
    public static void await(String what, BooleanSupplier holds) {
        long deadline = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("never came true: " + what);
            }
            Thread.onSpinWait();
        }
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
                        "TEST",
                        Instant.now());
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
