package dev.jitney.reconciler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jitney.cloudevents.DecisionLog;
import dev.jitney.cloudevents.EventOut;
import dev.jitney.cloudevents.GithubJob;
import dev.jitney.core.Policy;
import dev.jitney.core.event.EventTypes;
import dev.jitney.core.ledger.Admission;
import dev.jitney.core.ledger.Backoff;
import dev.jitney.core.ledger.Decision;
import dev.jitney.core.ledger.JobQueued;
import dev.jitney.core.ledger.Ledgers;
import dev.jitney.core.reconcile.Patience;
import dev.jitney.core.reconcile.Reconciliation;
import dev.jitney.ghes.Ghes;
import dev.jitney.kubernetes.RunnerPods;
import dev.jitney.ledger.InspectableGates;
import dev.jitney.runner.RunnerRetirement;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEvent;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** The tick, and the events that nobody could take. */
public final class ReconcilerFunction {
    private static final Logger LOG = Logger.getLogger(ReconcilerFunction.class);

    /** Calls to GitHub in one tick about jobs we know. */
    private static final int CHECKS_MAX = 100;

    /** Calls to GitHub in one tick to find what we do not know. */
    private static final int SWEEP_CALLS_MAX = 300;

    private final Ledgers ledgers;
    private final InspectableGates gates;
    private final Policy policy;
    private final Ghes ghes;
    private final RunnerPods pods;
    private final RunnerRetirement retirement;
    private final EventOut events;
    private final MissedEvents missed;
    private final Cursor cursor;

    ReconcilerFunction(
            Ledgers ledgers,
            InspectableGates gates,
            Policy policy,
            Ghes ghes,
            RunnerPods pods,
            RunnerRetirement retirement,
            EventOut events,
            ObjectMapper mapper,
            Cursor cursor) {
        this.ledgers = ledgers;
        this.gates = gates;
        this.policy = policy;
        this.ghes = ghes;
        this.pods = pods;
        this.retirement = retirement;
        this.events = events;
        this.missed = new MissedEvents(mapper);
        this.cursor = cursor;
    }

    /** A round of repairs. */
    @Funq("reconciler-tick")
    @CloudEventMapping(trigger = EventTypes.TICK)
    public void tick(CloudEvent<JsonNode> event) {
        Tick.Findings findings =
                round(event)
                        .run(
                                Instant.now(),
                                new CallBudget(CHECKS_MAX),
                                new CallBudget(SWEEP_CALLS_MAX));
        events.send(findings.runners(), event);
        events.sendAll(findings.jobs());
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
            Instant now = Instant.now();
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
        InstantSource clock = InstantSource.system();
        Consumer<Decision> decisions = decision -> DecisionLog.log(decision, event);
        Admission admission =
                new Admission(ledgers, gates, policy, Backoff.STANDARD, clock, decisions);
        return new Tick(
                ledgers,
                gates,
                pods,
                new Reconciliation(policy, Patience.STANDARD),
                new Repairs(ledgers, gates, admission, retirement, clock, decisions),
                new JobCheck(ghes, ledgers, missed, decisions),
                new Sweep(ghes, ledgers, policy, missed, decisions),
                cursor);
    }
}
