package dev.jitney.reconciler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jitney.cloudevents.EventOut;
import dev.jitney.cloudevents.FunctionShell;
import dev.jitney.cloudevents.GithubJob;
import dev.jitney.cloudevents.OutgoingEvent;
import dev.jitney.cloudevents.TryAgain;
import dev.jitney.core.Policy;
import dev.jitney.core.event.EventTypes;
import dev.jitney.core.event.RunnerEvent;
import dev.jitney.core.ledger.Admission;
import dev.jitney.core.ledger.Backoff;
import dev.jitney.core.ledger.ClusterLedger;
import dev.jitney.core.ledger.Decision;
import dev.jitney.core.ledger.JobQueued;
import dev.jitney.core.ledger.LedgerUnavailable;
import dev.jitney.core.ledger.Ledgers;
import dev.jitney.core.policy.Policies;
import dev.jitney.core.reconcile.Reconciliation;
import dev.jitney.core.reconcile.Snapshot;
import dev.jitney.ghes.Ghes;
import dev.jitney.ghes.Hooks;
import dev.jitney.kubernetes.RunnerPods;
import dev.jitney.ledger.Bookmarks;
import dev.jitney.ledger.InspectableGates;
import dev.jitney.ledger.Locks;
import dev.jitney.runner.Pause;
import dev.jitney.runner.RunnerRetirement;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEvent;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The tick, and the events that nobody could take. */
public final class ReconcilerFunction {
    private static final Logger LOG = Logger.getLogger(ReconcilerFunction.class);

    private static final String TICK = "reconciler-tick";

    /** After this nothing new is begun: the next tick is never far. */
    private static final Duration TICK_LONGEST = Duration.ofSeconds(20);

    /**
     * Longer than a tick and its last calls may take; after it, the tick of a process that died is
     * over.
     */
    private static final Duration TICK_LIFE = Duration.ofSeconds(40);

    private final Ledgers ledgers;
    private final InspectableGates gates;
    private final Policies policies;
    private final CapacityUpkeep capacity;
    private final Ghes ghes;
    private final RunnerPods pods;
    private final RunnerRetirement retirement;
    private final EventOut events;
    private final MissedEvents missed;
    private final Bookmarks bookmarks;
    private final Hooks hooks;
    private final Redelivery.Kind hook;
    private final MeterRegistry metrics;
    private final Locks locks;
    private final PatienceSettings patience;
    private final ReconcilerSettings settings;
    private final Workers workers;
    private final Pause pause;
    private final FunctionShell shell;

    @Inject
    public ReconcilerFunction(
            Ledgers ledgers,
            InspectableGates gates,
            Policies policies,
            CapacityUpkeep capacity,
            Ghes ghes,
            RunnerPods pods,
            RunnerRetirement retirement,
            EventOut events,
            ObjectMapper mapper,
            Bookmarks bookmarks,
            Hooks hooks,
            MeterRegistry metrics,
            Locks locks,
            PatienceSettings patience,
            ReconcilerSettings settings,
            @ConfigProperty(name = "jitney.hook", defaultValue = "global") Redelivery.Kind hook,
            Workers workers,
            Pause pause,
            FunctionShell shell) {
        this.ledgers = ledgers;
        this.gates = gates;
        this.policies = policies;
        this.capacity = capacity;
        this.ghes = ghes;
        this.pods = pods;
        this.retirement = retirement;
        this.events = events;
        this.missed = new MissedEvents(mapper);
        this.bookmarks = bookmarks;
        this.hooks = hooks;
        this.hook = hook;
        this.metrics = metrics;
        this.locks = locks;
        this.patience = patience;
        this.settings = settings;
        this.workers = workers;
        this.pause = pause;
        this.shell = shell;
    }

    /** A round of repairs; none while another one is under way, in whatever process. */
    @Funq(TICK)
    @CloudEventMapping(trigger = EventTypes.TICK)
    public void tick(CloudEvent<JsonNode> event) {
        Optional<Locks.Lock> own = locks.take(TICK, TICK_LIFE);
        if (own.isEmpty()) {
            LOG.infof("tick left out eventId=%s reason=ANOTHER_IS_RUNNING", event.id());
            return;
        }
        try (var _ = own.get()) {
            repair(event);
        }
    }

    private void repair(CloudEvent<JsonNode> event) {
        Instant now = shell.clock().instant();
        Instant end = now.plus(TICK_LONGEST);
        Cursor cursor = new Cursor(bookmarks);
        cursor.load();
        int reserved = cursor.reserve(settings.callsPerTick(), settings.callsPerMinute(), now);
        CallBudget budget = new CallBudget(reserved);
        try {
            round(event, cursor)
                    .run(now, budget, () -> shell.clock().instant().isAfter(end), outbox(event));
        } finally {
            cursor.giveBack(reserved - budget.spent(), now);
            cursor.save();
        }
    }

    private Tick.Outbox outbox(CloudEvent<JsonNode> event) {
        return new Tick.Outbox() {
            @Override
            public void runners(List<? extends RunnerEvent> found) {
                events.send(found, event);
            }

            @Override
            public void jobs(List<OutgoingEvent> found) {
                events.sendAll(found);
            }
        };
    }

    /**
     * An event whose retries are spent. A job that wanted a runner is written down, so that the
     * next tick takes care of it; everything else is found again by comparing.
     */
    @Funq("reconciler-dead-letter")
    @CloudEventMapping(trigger = "*")
    public void deadLetter(CloudEvent<JsonNode> event) {
        LOG.errorf(
                "dead letter type=%s eventId=%s code=%s runbook=dead-letters",
                event.type(),
                event.id(),
                event.extensions().getOrDefault("knativeerrorcode", "none"));
        if (EventTypes.JOB_QUEUED.equals(event.type())) {
            Policy policy = policies.current();
            GithubJob job = GithubJob.of(event);
            if (!policy.admits(job.organization())) {
                return;
            }
            Instant now = shell.clock().instant();
            job.classIn(policy)
                    .ifPresent(
                            each ->
                                    ledgers.update(
                                            job.organization(),
                                            ledger ->
                                                    JobQueued.queued(
                                                            ledger, job.waiting(each), now)));
        }
    }

    /**
     * Operators changed the policy: whoever may have more than before gets it now, not with the
     * next tick. It compares, as a tick does, so it may come twice, late or together with a tick.
     */
    @Funq("reconciler-policy-changed")
    @CloudEventMapping(trigger = EventTypes.POLICY_CHANGED)
    public void policyChanged(CloudEvent<JsonNode> event) {
        Policy policy = policies.fresh();
        Instant now = shell.clock().instant();
        Instant end = now.plus(TICK_LONGEST);
        ClusterLedger cluster = ledgers.readCluster();
        Snapshot seen =
                new Snapshot(
                        now,
                        cluster,
                        ledgers.readAll(),
                        List.of(),
                        Map.of(),
                        ledgers.furtherBack(cluster));
        Repairs repairs = repairs(event);
        Queue<RuntimeException> failed = new ConcurrentLinkedQueue<>();
        workers.each(
                reconciliation(policy).lineRepairs(seen),
                () -> shell.clock().instant().isAfter(end),
                repair -> {
                    try {
                        events.send(repairs.carryOut(repair), event);
                    } catch (LedgerUnavailable | TryAgain e) {
                        failed.add(e);
                    }
                });
        if (!failed.isEmpty()) {
            throw failed.remove();
        }
    }

    private Adoptions adoptions() {
        return new Adoptions(ledgers, pods, new LiveRunners(ghes, pods));
    }

    private Reconciliation reconciliation(Policy policy) {
        return new Reconciliation(
                policy, PatienceSettings.ofLedgers(patience), PatienceSettings.ofPods(patience));
    }

    private Repairs repairs(CloudEvent<?> event) {
        Consumer<Decision> decisions = decision -> tell(decision, event);
        InstantSource clock = shell.clock();
        return new Repairs(
                ledgers,
                locks,
                gates,
                () ->
                        new Admission(
                                ledgers,
                                gates,
                                policies.current(),
                                Backoff.STANDARD,
                                clock,
                                decisions),
                retirement,
                adoptions(),
                pause,
                clock,
                decisions);
    }

    private Tick round(CloudEvent<?> event, Cursor cursor) {
        Policy policy = capacity.policy();
        Consumer<Decision> decisions = decision -> tell(decision, event);
        return new Tick(
                ledgers,
                gates,
                pods,
                new Recount(ledgers, pods, adoptions(), workers, patience.fenced(), decisions),
                reconciliation(policy),
                repairs(event),
                new JobCheck(ghes, ledgers, missed, PatienceSettings.ofJobs(patience), decisions),
                new Sweep(
                        ghes,
                        ledgers,
                        policy,
                        missed,
                        patience.untold(),
                        settings.recently(),
                        decisions),
                cursor,
                workers,
                Optional.of(new Redelivery(hooks, hook, cursor, decisions)));
    }

    /** What was repaired is counted by its reason, which is a heading of the runbook. */
    private void tell(Decision decision, CloudEvent<?> event) {
        shell.decisions().accept(decision, event);
        if (decision.kind() == Decision.Kind.REPAIRED) {
            metrics.counter("jitney.reconciler.repairs", "reason", decision.reason()).increment();
        }
    }
}
