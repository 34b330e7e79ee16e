package dev.jitney.simulation;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jitney.admission.AdmissionFunction;
import dev.jitney.broker.dispatcher.manifest.Manifests;
import dev.jitney.classes.ClassFile;
import dev.jitney.cleanup.CleanupFunction;
import dev.jitney.core.Capacity;
import dev.jitney.core.Policy;
import dev.jitney.core.RunnerClass;
import dev.jitney.core.ledger.ClusterLedger;
import dev.jitney.core.ledger.Decision;
import dev.jitney.core.ledger.OrgLedger;
import dev.jitney.core.policy.PolicyDocument;
import dev.jitney.core.reconcile.Reason;
import dev.jitney.ledger.KeyedLedgers;
import dev.jitney.ledger.Page;
import dev.jitney.provisioner.ProvisionerFunction;
import dev.jitney.reconciler.ReconcilerFunction;
import dev.jitney.simulation.broker.BrokerTwin;
import dev.jitney.simulation.broker.Handlers;
import dev.jitney.simulation.broker.Route;
import dev.jitney.simulation.broker.Service;
import dev.jitney.simulation.broker.Webhooks;
import dev.jitney.simulation.check.Checker;
import dev.jitney.simulation.engine.Chaos;
import dev.jitney.simulation.engine.Dice;
import dev.jitney.simulation.engine.Fault;
import dev.jitney.simulation.engine.FunctionProcess;
import dev.jitney.simulation.engine.Timeline;
import dev.jitney.simulation.engine.Trace;
import dev.jitney.simulation.ghes.GhesTwin;
import dev.jitney.simulation.kubernetes.ClusterTwin;
import dev.jitney.simulation.store.Counters;
import dev.jitney.simulation.store.LockTable;
import dev.jitney.simulation.store.Outage;
import dev.jitney.simulation.store.Records;
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
    private final Operator operator;
    private final Dice latency;
    private final boolean harmless;
    private final long faultsEnd;
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

    World(SimulationOptions options, Manifests manifests, ObjectMapper mapper, long faultsEnd) {
        long seed = options.seed();
        this.faultsEnd = faultsEnd;
        this.mapper = mapper;
        this.configured =
                new Policy(options.capacity(), options.limit(), classes(manifests, options));
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
        Capacity capacity = new Capacity.Fixed(options.capacity());
        Functions functions = new Functions(this, configured, capacity, mapper, this::decided);
        service("admission", INSTANCES, AdmissionFunction.class, functions::admission);
        service("provisioner", INSTANCES, ProvisionerFunction.class, functions::provisioner);
        service("cleanup", INSTANCES, CleanupFunction.class, functions::cleanup);
        service("reconciler", 1, ReconcilerFunction.class, functions::reconciler);
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
