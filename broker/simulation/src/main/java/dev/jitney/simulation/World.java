package dev.jitney.simulation;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jitney.admission.AdmissionFunction;
import dev.jitney.admission.IgnoredJobs;
import dev.jitney.broker.dispatcher.manifest.Manifests;
import dev.jitney.classes.ClassFile;
import dev.jitney.cleanup.CleanupFunction;
import dev.jitney.cloudevents.EventOut;
import dev.jitney.cloudevents.FunctionShell;
import dev.jitney.core.Capacity;
import dev.jitney.core.Policy;
import dev.jitney.core.RunnerClass;
import dev.jitney.core.ledger.ClusterLedger;
import dev.jitney.core.ledger.Decision;
import dev.jitney.core.ledger.OrgLedger;
import dev.jitney.core.policy.Policies;
import dev.jitney.core.policy.PolicyDocument;
import dev.jitney.core.policy.PolicySettings;
import dev.jitney.core.policy.PolicyStore;
import dev.jitney.core.reconcile.Reason;
import dev.jitney.kubernetes.NodeReserve;
import dev.jitney.ledger.KeyedBookmarks;
import dev.jitney.ledger.KeyedLedgers;
import dev.jitney.ledger.KeyedPolicy;
import dev.jitney.ledger.Page;
import dev.jitney.provisioner.ProvisionerFunction;
import dev.jitney.reconciler.CapacityUpkeep;
import dev.jitney.reconciler.PatienceSettings;
import dev.jitney.reconciler.ReconcilerFunction;
import dev.jitney.reconciler.ReconcilerSettings;
import dev.jitney.reconciler.Redelivery;
import dev.jitney.runner.RunnerMaker;
import dev.jitney.runner.RunnerRetirement;
import dev.jitney.simulation.broker.BrokerTwin;
import dev.jitney.simulation.broker.Handlers;
import dev.jitney.simulation.broker.Route;
import dev.jitney.simulation.broker.Service;
import dev.jitney.simulation.broker.SimulatedSink;
import dev.jitney.simulation.broker.VirtualWorkers;
import dev.jitney.simulation.broker.Webhooks;
import dev.jitney.simulation.check.Checker;
import dev.jitney.simulation.engine.Chaos;
import dev.jitney.simulation.engine.Dice;
import dev.jitney.simulation.engine.Fault;
import dev.jitney.simulation.engine.FunctionProcess;
import dev.jitney.simulation.engine.Timeline;
import dev.jitney.simulation.engine.Trace;
import dev.jitney.simulation.ghes.GhesTwin;
import dev.jitney.simulation.ghes.NoHooks;
import dev.jitney.simulation.ghes.SimulatedGhes;
import dev.jitney.simulation.kubernetes.ClusterTwin;
import dev.jitney.simulation.kubernetes.SimulatedRunnerPods;
import dev.jitney.simulation.store.Counters;
import dev.jitney.simulation.store.LockTable;
import dev.jitney.simulation.store.Outage;
import dev.jitney.simulation.store.ProcessRecords;
import dev.jitney.simulation.store.Records;
import dev.jitney.simulation.store.SimulatedGates;
import dev.jitney.simulation.store.SimulatedLedgers;
import dev.jitney.simulation.store.SimulatedLocks;
import dev.jitney.simulation.store.VirtualLock;
import dev.jitney.simulation.store.VirtualWaiting;
import dev.jitney.store.StoredPolicies;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Everything there is in one run, put together. */
final class World {
    /** As in the functions: how long an event waits for a pod to end. */
    private static final Duration POD_PATIENCE = Duration.ofSeconds(5);

    private static final Duration POLICY_PATIENCE = Duration.ofSeconds(2);
    private static final Duration POLICY_EVERY = Duration.ofSeconds(1);

    private static final int INSTANCES = 2;

    /** What the reconciler finds on any day: counters, and what an event is about to say. */
    private static final Set<Reason> EXPECTED =
            Collections.unmodifiableSet(
                    EnumSet.of(
                            Reason.COUNTER_DIFFERS,
                            Reason.MISSED_QUEUED,
                            Reason.MISSED_WAITING,
                            Reason.MISSED_IN_PROGRESS,
                            Reason.MISSED_COMPLETED,
                            Reason.NOT_IN_LINE,
                            Reason.POD_ENDED,
                            Reason.POD_GONE));

    private final Map<String, Service> services = new TreeMap<>();
    private final List<FunctionProcess> processes = new ArrayList<>();
    private final Map<String, Integer> repairs = new TreeMap<>();
    private final ObjectMapper mapper;
    private final Policy configured;
    private final Capacity capacity;
    private final Operator operator;
    private final Dice latency;
    private final boolean harmless;
    private final long faultsEnd;
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final IgnoredJobs ignored = new IgnoredJobs(metrics);
    private final PatienceSettings patience = Defaults.of(PatienceSettings.class);
    private final ReconcilerSettings settings = Defaults.of(ReconcilerSettings.class);
    private long effects;

    final Timeline timeline = new Timeline();
    final Trace trace = new Trace(timeline);
    final Chaos chaos;
    final Checker checker;
    final Records<OrgLedger> organizations;
    final Records<ClusterLedger> cluster;
    final Records<Page> pages = new Records<>((_, _) -> {});
    final Records<SortedMap<String, String>> bookmarks = new Records<>((_, _) -> {});
    final Records<PolicyDocument> policy = new Records<>((_, _) -> {});
    final Outage outage;
    final Counters counters;
    final LockTable locks = new LockTable(timeline);
    final GhesTwin ghes;
    final ClusterTwin pods;
    final BrokerTwin broker;

    /** The ports of one process. */
    private record Ports(
            SimulatedLedgers ledgers,
            SimulatedGates gates,
            Policies policies,
            PolicyStore policyStore,
            SimulatedLocks locks,
            SimulatedGhes ghes,
            SimulatedRunnerPods pods,
            RunnerRetirement retirement,
            EventOut events,
            FunctionShell shell) {}

    World(SimulationOptions options, Manifests manifests, ObjectMapper mapper, long faultsEnd) {
        long seed = options.seed();
        this.faultsEnd = faultsEnd;
        this.mapper = mapper;
        this.configured =
                new Policy(options.capacity(), options.limit(), classes(manifests, options));
        this.capacity = new Capacity.Fixed(options.capacity());
        this.latency = Dice.of(seed, "latency");
        this.harmless = options.faults().areHarmless();
        this.chaos = new Chaos(timeline, options.faults()::rate, seed, faultsEnd);
        this.checker = new Checker(configured, strict(options), timeline, trace, faultsEnd);
        this.organizations = new Records<>(checker::organization);
        this.cluster = new Records<>(checker::cluster);
        this.outage = new Outage(timeline, chaos);
        this.counters = new Counters(chaos);
        this.broker =
                new BrokerTwin(
                        timeline,
                        chaos,
                        Dice.of(seed, "broker"),
                        trace,
                        Route.of(manifests),
                        services);
        Webhooks webhooks =
                new Webhooks(
                        timeline,
                        chaos,
                        Dice.of(seed, "webhooks"),
                        trace,
                        () -> process("webhook"),
                        broker::accept);
        this.ghes = new GhesTwin(timeline, chaos, checker, webhooks::send);
        this.pods = new ClusterTwin(timeline, chaos, Dice.of(seed, "kubelet"), ghes, checker);
        this.operator =
                new Operator(configured, policy, timeline, chaos, checker, broker, trace, mapper);
        chaos.hourly(Fault.STORE_WIPED, this::wipe);
        service("admission", INSTANCES, AdmissionFunction.class, this::admission);
        service("provisioner", INSTANCES, ProvisionerFunction.class, this::provisioner);
        service("cleanup", INSTANCES, CleanupFunction.class, this::cleanup);
        service("reconciler", 1, ReconcilerFunction.class, this::reconciler);
    }

    /** Whether a registration without a program can always be found and removed. */
    private static boolean strict(SimulationOptions options) {
        SimulationFaults faults = options.faults();
        return faults.rate(Fault.GHES_FORBIDDEN) == 0
                && faults.rate(Fault.GHES_STALE_LIST) == 0
                && faults.rate(Fault.STORE_WIPED) == 0;
    }

    /** Those that ship, and a large one where jobs want it. */
    private static List<RunnerClass> classes(Manifests manifests, SimulationOptions options) {
        List<RunnerClass> classes =
                new ArrayList<>(ClassFile.read("JITNEY_CLASSES", classes(manifests)).classes());
        if (options.faults().rate(Fault.JOB_LARGE) > 0) {
            int limit = Math.max(1, options.capacity() / 4);
            classes.add(RunnerClass.of("code-large", "code-linux", "large").withLimit(limit));
        }
        return classes;
    }

    private static String classes(Manifests manifests) {
        return manifests.configMaps().stream()
                .filter(map -> map.getData().containsKey("JITNEY_CLASSES"))
                .map(map -> map.getData().get("JITNEY_CLASSES"))
                .findFirst()
                .orElseThrow();
    }

    private void service(
            String name, int instances, Class<?> type, Function<FunctionProcess, Object> function) {
        services.put(
                name,
                new Service(
                        timeline,
                        latency,
                        instances,
                        new Handlers(type, mapper),
                        () -> process(name),
                        function));
    }

    private FunctionProcess process(String name) {
        FunctionProcess process = new FunctionProcess(timeline, chaos, latency, name);
        processes.add(process);
        process.onDeath(() -> effects += process.effects());
        return process;
    }

    private Object admission(FunctionProcess process) {
        Ports ports = ports(process);
        return new AdmissionFunction(
                ports.ledgers(),
                ports.gates(),
                ports.policies(),
                ports.events(),
                ignored,
                ports.shell());
    }

    private Object provisioner(FunctionProcess process) {
        Ports ports = ports(process);
        return new ProvisionerFunction(
                ports.ledgers(),
                ports.locks(),
                new RunnerMaker(ports.ghes(), ports.pods()),
                ports.retirement(),
                ports.policies(),
                ports.events(),
                ports.shell());
    }

    private Object cleanup(FunctionProcess process) {
        Ports ports = ports(process);
        return new CleanupFunction(
                ports.ledgers(),
                ports.locks(),
                ports.retirement(),
                ports.policies(),
                ports.events(),
                ports.shell());
    }

    private Object reconciler(FunctionProcess process) {
        Ports ports = ports(process);
        return new ReconcilerFunction(
                ports.ledgers(),
                ports.gates(),
                ports.policies(),
                new CapacityUpkeep(
                        capacity,
                        ports.pods(),
                        ports.policyStore(),
                        ports.policies(),
                        NodeReserve.of(NodeReserve.USUAL)),
                ports.ghes(),
                ports.pods(),
                ports.retirement(),
                ports.events(),
                mapper,
                new KeyedBookmarks(
                        new ProcessRecords<>(process, bookmarks, outage),
                        new VirtualWaiting(process)),
                NoHooks.OF_A_GLOBAL_HOOK,
                metrics,
                ports.locks(),
                patience,
                settings,
                Redelivery.Kind.GLOBAL,
                new VirtualWorkers(process),
                ports.shell());
    }

    private Ports ports(FunctionProcess process) {
        SimulatedGhes server = new SimulatedGhes(process, ghes);
        PolicyStore store =
                new KeyedPolicy(
                        new ProcessRecords<>(process, policy, outage),
                        POLICY_PATIENCE,
                        new VirtualWaiting(process));
        SimulatedRunnerPods kubernetes = new SimulatedRunnerPods(process, pods);
        return new Ports(
                new SimulatedLedgers(process, organizations, cluster, pages, outage),
                new SimulatedGates(process, counters, outage),
                policies(process, store),
                store,
                new SimulatedLocks(process, locks),
                server,
                kubernetes,
                new RunnerRetirement(
                        server,
                        kubernetes,
                        moment -> process.sleep(moment.toNanos()),
                        process.name().equals("reconciler") ? Duration.ZERO : POD_PATIENCE),
                new EventOut(
                        new SimulatedSink(process, mapper, broker::accept),
                        mapper,
                        process.name(),
                        process.clock()),
                new FunctionShell(process.clock(), (decision, _) -> decided(process, decision)));
    }

    private Policies policies(FunctionProcess process, PolicyStore store) {
        return new StoredPolicies(
                store,
                configured,
                capacity,
                PolicySettings.NONE,
                POLICY_EVERY,
                timeline::now,
                process.clock(),
                new VirtualLock(process));
    }

    private void decided(FunctionProcess process, Decision decision) {
        if (process.isDead()) {
            return;
        }
        if (decision.kind() == Decision.Kind.REPAIRED) {
            repairs.merge(decision.reason(), 1, Integer::sum);
            if (harmless && !EXPECTED.contains(Reason.valueOf(decision.reason()))) {
                throw checker.needlesslyRepaired(decision);
            }
        }
        trace.add(
                decision.kind().name(),
                decision.organization(),
                decision.runner().isEmpty() ? Long.toString(decision.job()) : decision.runner(),
                decision.reason());
    }

    /** A new server, whose organizations nobody here has heard of, and a store that is set up. */
    void know(List<String> logins) {
        cluster.known(KeyedLedgers.CLUSTER, ClusterLedger.EMPTY);
        ghes.know(logins);
        operator.work(logins, faultsEnd);
    }

    /** Infinispan loses everything it holds. */
    private void wipe() {
        organizations.wipe();
        cluster.wipe();
        pages.wipe();
        policy.wipe();
        bookmarks.wipe();
        counters.wipe();
        locks.wipe();
        checker.wiped();
        checker.allow(configured);
        trace.add("wiped", "", "", "");
    }

    Map<String, Integer> repairs() {
        return repairs;
    }

    long effects() {
        return effects
                + processes.stream()
                        .filter(process -> !process.isDead())
                        .mapToLong(FunctionProcess::effects)
                        .sum();
    }
}
