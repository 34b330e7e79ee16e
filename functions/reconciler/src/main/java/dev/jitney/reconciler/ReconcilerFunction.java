package dev.jitney.reconciler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jitney.cloudevents.EventOut;
import dev.jitney.cloudevents.FunctionShell;
import dev.jitney.cloudevents.GithubJob;
import dev.jitney.cloudevents.OutgoingEvent;
import dev.jitney.core.Policy;
import dev.jitney.core.event.EventTypes;
import dev.jitney.core.event.RunnerEvent;
import dev.jitney.core.ledger.Admission;
import dev.jitney.core.ledger.Backoff;
import dev.jitney.core.ledger.Decision;
import dev.jitney.core.ledger.JobQueued;
import dev.jitney.core.ledger.Ledgers;
import dev.jitney.core.reconcile.Reconciliation;
import dev.jitney.ghes.Ghes;
import dev.jitney.kubernetes.RunnerPods;
import dev.jitney.ledger.InspectableGates;
import dev.jitney.ledger.Locks;
import dev.jitney.runner.RunnerRetirement;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEvent;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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
    private final Policy policy;
    private final Ghes ghes;
    private final RunnerPods pods;
    private final RunnerRetirement retirement;
    private final EventOut events;
    private final MissedEvents missed;
    private final Cursor cursor;
    private final Locks locks;
    private final PatienceSettings patience;
    private final ReconcilerSettings settings;
    private final Workers workers;
    private final FunctionShell shell;

    @Inject
    ReconcilerFunction(
            Ledgers ledgers,
            InspectableGates gates,
            Policy policy,
            Ghes ghes,
            RunnerPods pods,
            RunnerRetirement retirement,
            EventOut events,
            ObjectMapper mapper,
            Cursor cursor,
            Locks locks,
            PatienceSettings patience,
            ReconcilerSettings settings) {
        this(
                ledgers,
                gates,
                policy,
                ghes,
                pods,
                retirement,
                events,
                mapper,
                cursor,
                locks,
                patience,
                settings,
                new InParallel(),
                FunctionShell.real());
    }

    /** The same around another process. */
    public ReconcilerFunction(
            Ledgers ledgers,
            InspectableGates gates,
            Policy policy,
            Ghes ghes,
            RunnerPods pods,
            RunnerRetirement retirement,
            EventOut events,
            ObjectMapper mapper,
            Cursor cursor,
            Locks locks,
            PatienceSettings patience,
            ReconcilerSettings settings,
            Workers workers,
            FunctionShell shell) {
        this.ledgers = ledgers;
        this.gates = gates;
        this.policy = policy;
        this.ghes = ghes;
        this.pods = pods;
        this.retirement = retirement;
        this.events = events;
        this.missed = new MissedEvents(mapper);
        this.cursor = cursor;
        this.locks = locks;
        this.patience = patience;
        this.settings = settings;
        this.workers = workers;
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
        round(event)
                .run(
                        now,
                        new CallBudget(settings.checksMax()),
                        new CallBudget(settings.sweepCallsMax()),
                        () -> shell.clock().instant().isAfter(end),
                        outbox(event));
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
            GithubJob job = GithubJob.of(event);
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

    private Tick round(CloudEvent<?> event) {
        InstantSource clock = shell.clock();
        Consumer<Decision> decisions = decision -> shell.decisions().accept(decision, event);
        Admission admission =
                new Admission(ledgers, gates, policy, Backoff.STANDARD, clock, decisions);
        return new Tick(
                ledgers,
                gates,
                pods,
                new Reconciliation(policy, PatienceSettings.ofLedgers(patience)),
                new Repairs(ledgers, locks, gates, admission, retirement, clock, decisions),
                new JobCheck(ghes, ledgers, missed, PatienceSettings.ofJobs(patience), decisions),
                new Sweep(ghes, ledgers, policy, missed, patience.untold(), decisions),
                cursor,
                workers);
    }
}
