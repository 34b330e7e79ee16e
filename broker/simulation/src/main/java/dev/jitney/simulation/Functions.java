package dev.jitney.simulation;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jitney.admission.AdmissionFunction;
import dev.jitney.admission.IgnoredJobs;
import dev.jitney.cleanup.CleanupFunction;
import dev.jitney.cloudevents.EventOut;
import dev.jitney.cloudevents.FunctionShell;
import dev.jitney.core.Capacity;
import dev.jitney.core.Policy;
import dev.jitney.core.ledger.Decision;
import dev.jitney.core.policy.Policies;
import dev.jitney.core.policy.PolicySettings;
import dev.jitney.core.policy.PolicyStore;
import dev.jitney.kubernetes.NodeReserve;
import dev.jitney.ledger.KeyedBookmarks;
import dev.jitney.ledger.KeyedPolicy;
import dev.jitney.provisioner.ProvisionerFunction;
import dev.jitney.reconciler.CapacityUpkeep;
import dev.jitney.reconciler.PatienceSettings;
import dev.jitney.reconciler.ReconcilerFunction;
import dev.jitney.reconciler.ReconcilerSettings;
import dev.jitney.reconciler.Redelivery;
import dev.jitney.runner.RunnerMaker;
import dev.jitney.runner.RunnerRetirement;
import dev.jitney.simulation.broker.SimulatedSink;
import dev.jitney.simulation.broker.VirtualWorkers;
import dev.jitney.simulation.engine.FunctionProcess;
import dev.jitney.simulation.ghes.NoHooks;
import dev.jitney.simulation.ghes.SimulatedGhes;
import dev.jitney.simulation.kubernetes.SimulatedRunnerPods;
import dev.jitney.simulation.store.ProcessRecords;
import dev.jitney.simulation.store.SimulatedGates;
import dev.jitney.simulation.store.SimulatedLedgers;
import dev.jitney.simulation.store.SimulatedLocks;
import dev.jitney.simulation.store.VirtualLock;
import dev.jitney.simulation.store.VirtualWaiting;
import dev.jitney.store.StoredPolicies;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.function.BiConsumer;

/** The functions that ship, each in the process that runs it, around the ports of that process. */
final class Functions {
    /** As in the functions: how long an event waits for a pod to end. */
    private static final Duration POD_PATIENCE = Duration.ofSeconds(5);

    private static final Duration POLICY_PATIENCE = Duration.ofSeconds(2);
    private static final Duration POLICY_EVERY = Duration.ofSeconds(1);

    private final World world;
    private final Policy configured;
    private final Capacity capacity;
    private final ObjectMapper mapper;
    private final BiConsumer<FunctionProcess, Decision> decisions;
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final IgnoredJobs ignored = new IgnoredJobs(metrics);
    private final PatienceSettings patience = Defaults.of(PatienceSettings.class);
    private final ReconcilerSettings settings = Defaults.of(ReconcilerSettings.class);

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

    /**
     * @param decisions is told what a process has decided
     */
    Functions(
            World world,
            Policy configured,
            Capacity capacity,
            ObjectMapper mapper,
            BiConsumer<FunctionProcess, Decision> decisions) {
        this.world = world;
        this.configured = configured;
        this.capacity = capacity;
        this.mapper = mapper;
        this.decisions = decisions;
    }

    Object admission(FunctionProcess process) {
        Ports ports = ports(process);
        return new AdmissionFunction(
                ports.ledgers(),
                ports.gates(),
                ports.policies(),
                ports.events(),
                ignored,
                ports.shell());
    }

    Object provisioner(FunctionProcess process) {
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

    Object cleanup(FunctionProcess process) {
        Ports ports = ports(process);
        return new CleanupFunction(
                ports.ledgers(),
                ports.locks(),
                ports.retirement(),
                ports.policies(),
                ports.events(),
                ports.shell());
    }

    Object reconciler(FunctionProcess process) {
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
                        new ProcessRecords<>(process, world.bookmarks, world.outage),
                        new VirtualWaiting(process)),
                NoHooks.OF_A_GLOBAL_HOOK,
                metrics,
                ports.locks(),
                patience,
                settings,
                Redelivery.Kind.GLOBAL,
                new VirtualWorkers(process),
                moment -> process.sleep(moment.toNanos()),
                ports.shell());
    }

    private Ports ports(FunctionProcess process) {
        SimulatedGhes server = new SimulatedGhes(process, world.ghes);
        PolicyStore store =
                new KeyedPolicy(
                        new ProcessRecords<>(process, world.policy, world.outage),
                        POLICY_PATIENCE,
                        new VirtualWaiting(process));
        SimulatedRunnerPods kubernetes = new SimulatedRunnerPods(process, world.pods);
        return new Ports(
                new SimulatedLedgers(
                        process, world.organizations, world.cluster, world.pages, world.outage),
                new SimulatedGates(process, world.counters, world.outage),
                policies(process, store),
                store,
                new SimulatedLocks(process, world.locks),
                server,
                kubernetes,
                new RunnerRetirement(
                        server,
                        kubernetes,
                        moment -> process.sleep(moment.toNanos()),
                        process.name().equals("reconciler") ? Duration.ZERO : POD_PATIENCE),
                new EventOut(
                        new SimulatedSink(process, mapper, world.broker::accept),
                        mapper,
                        process.name(),
                        process.clock()),
                new FunctionShell(
                        process.clock(), (decision, _) -> decisions.accept(process, decision)));
    }

    private Policies policies(FunctionProcess process, PolicyStore store) {
        return new StoredPolicies(
                store,
                configured,
                capacity,
                PolicySettings.NONE,
                POLICY_EVERY,
                world.timeline::now,
                process.clock(),
                new VirtualLock(process));
    }
}
