package dev.jitney.reconciler;

import dev.jitney.cloudevents.OutgoingEvent;
import dev.jitney.cloudevents.TryAgain;
import dev.jitney.core.Organization;
import dev.jitney.core.RunnerName;
import dev.jitney.core.event.RunnerEvent;
import dev.jitney.core.ledger.LedgerUnavailable;
import dev.jitney.core.ledger.Ledgers;
import dev.jitney.core.ledger.OrgLedger;
import dev.jitney.core.reconcile.PodSeen;
import dev.jitney.core.reconcile.Reconciliation;
import dev.jitney.core.reconcile.Snapshot;
import dev.jitney.ghes.GhesException;
import dev.jitney.kubernetes.KubernetesFailure;
import dev.jitney.kubernetes.PodState;
import dev.jitney.kubernetes.RunnerPods;
import dev.jitney.ledger.InspectableGates;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * One round: take a snapshot, repair what is odd, ask GitHub about doubtful jobs, sweep some
 * organizations. What fails is left to the next round; nothing depends on one round being complete.
 */
final class Tick {
    private static final Logger LOG = Logger.getLogger(Tick.class);

    private final Ledgers ledgers;
    private final InspectableGates gates;
    private final RunnerPods pods;
    private final Reconciliation reconciliation;
    private final Repairs repairs;
    private final JobCheck jobCheck;
    private final Sweep sweep;
    private final Cursor cursor;
    private final Workers workers;

    Tick(
            Ledgers ledgers,
            InspectableGates gates,
            RunnerPods pods,
            Reconciliation reconciliation,
            Repairs repairs,
            JobCheck jobCheck,
            Sweep sweep,
            Cursor cursor,
            Workers workers) {
        this.ledgers = ledgers;
        this.gates = gates;
        this.pods = pods;
        this.reconciliation = reconciliation;
        this.repairs = repairs;
        this.jobCheck = jobCheck;
        this.sweep = sweep;
        this.cursor = cursor;
        this.workers = workers;
    }

    /**
     * Where the events of a round go, each as soon as it is known: a round may be cut off anywhere,
     * and what was found by then must not be lost with it. Safe for threads.
     */
    interface Outbox {
        void runners(List<? extends RunnerEvent> events);

        void jobs(List<OutgoingEvent> events);
    }

    /**
     * One round.
     *
     * @param over once it says so, nothing more is begun; the next round goes on
     */
    void run(
            Instant now,
            CallBudget checks,
            CallBudget sweeps,
            BooleanSupplier over,
            Outbox outbox) {
        // Pods first: a pod that is younger than the ledgers would look as if it had no lease.
        List<PodSeen> seen = pods.list().stream().flatMap(Tick::seen).toList();
        List<OrgLedger> organizations = ledgers.readAll();
        Snapshot snapshot =
                new Snapshot(now, ledgers.readCluster(), organizations, seen, gates.readAll());
        workers.each(
                reconciliation.repairs(snapshot),
                over,
                repair ->
                        tolerant(repair.reason(), () -> outbox.runners(repairs.carryOut(repair))));
        workers.each(
                cursor.jobs(jobCheck.doubts(organizations, now)),
                () -> over.getAsBoolean() || checks.isSpent(),
                doubt -> check(doubt, checks, now, outbox));
        workers.each(
                cursor.organizations(organizations),
                () -> over.getAsBoolean() || sweeps.isSpent(),
                ledger -> sweep(ledger, sweeps, now, outbox));
    }

    private void check(JobCheck.Doubt doubt, CallBudget checks, Instant now, Outbox outbox) {
        if (checks.take()) {
            tolerant("CHECK", () -> outbox.jobs(jobCheck.ask(doubt, now).stream().toList()));
            cursor.jobDone();
        }
    }

    private void sweep(OrgLedger ledger, CallBudget sweeps, Instant now, Outbox outbox) {
        tolerant("SWEEP", () -> outbox.jobs(sweep.organization(ledger, sweeps, now)));
        cursor.organizationDone();
    }

    private static Stream<PodSeen> seen(PodState pod) {
        return RunnerName.parse(pod.runner()).stream()
                .map(
                        runner ->
                                new PodSeen(
                                        runner,
                                        new Organization(pod.organization()),
                                        pod.runnerClass(),
                                        pod.terminal(),
                                        pod.createdAt()));
    }

    /** One failing call must not keep the rest of the round from being done. */
    private static void tolerant(String what, Runnable work) {
        try {
            work.run();
        } catch (GhesException | KubernetesFailure | LedgerUnavailable | TryAgain e) {
            LOG.warnf("left to the next tick reason=%s cause=%s", what, e.getMessage());
        }
    }
}
