package dev.jitney.reconciler;

import dev.jitney.cloudevents.OutgoingEvent;
import dev.jitney.core.Organization;
import dev.jitney.core.RunnerName;
import dev.jitney.core.event.RunnerEvent;
import dev.jitney.core.ledger.LedgerUnavailable;
import dev.jitney.core.ledger.Ledgers;
import dev.jitney.core.ledger.OrgLedger;
import dev.jitney.core.reconcile.PodSeen;
import dev.jitney.core.reconcile.Reconciliation;
import dev.jitney.core.reconcile.Repair;
import dev.jitney.core.reconcile.Snapshot;
import dev.jitney.ghes.GhesException;
import dev.jitney.kubernetes.KubernetesFailure;
import dev.jitney.kubernetes.PodState;
import dev.jitney.kubernetes.RunnerPods;
import dev.jitney.ledger.InspectableGates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
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

    Tick(
            Ledgers ledgers,
            InspectableGates gates,
            RunnerPods pods,
            Reconciliation reconciliation,
            Repairs repairs,
            JobCheck jobCheck,
            Sweep sweep,
            Cursor cursor) {
        this.ledgers = ledgers;
        this.gates = gates;
        this.pods = pods;
        this.reconciliation = reconciliation;
        this.repairs = repairs;
        this.jobCheck = jobCheck;
        this.sweep = sweep;
        this.cursor = cursor;
    }

    /** What a round wants to be sent. */
    record Findings(List<RunnerEvent> runners, List<OutgoingEvent> jobs) {}

    Findings run(Instant now, CallBudget checks, CallBudget sweeps) {
        // Pods first: a pod that is younger than the ledgers would look as if it had no lease.
        List<PodSeen> seen = pods.list().stream().flatMap(Tick::seen).toList();
        List<OrgLedger> organizations = ledgers.readAll();
        Snapshot snapshot =
                new Snapshot(now, ledgers.readCluster(), organizations, seen, gates.readAll());
        List<RunnerEvent> runners = new ArrayList<>();
        for (Repair repair : reconciliation.repairs(snapshot)) {
            runners.addAll(tolerant(repair.reason(), () -> repairs.carryOut(repair)));
        }
        List<OutgoingEvent> jobs = new ArrayList<>();
        for (JobCheck.Doubt doubt : cursor.jobs(JobCheck.doubts(organizations, now))) {
            if (checks.take()) {
                jobs.addAll(tolerant("CHECK", () -> jobCheck.ask(doubt, now).stream().toList()));
                cursor.jobDone();
            }
        }
        for (OrgLedger ledger : cursor.organizations(organizations)) {
            if (!sweeps.isSpent()) {
                jobs.addAll(tolerant("SWEEP", () -> sweep.organization(ledger, sweeps, now)));
                cursor.organizationDone();
            }
        }
        return new Findings(runners, jobs);
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
    private static <T> List<? extends T> tolerant(
            String what, Supplier<? extends List<? extends T>> work) {
        try {
            return work.get();
        } catch (GhesException | KubernetesFailure | LedgerUnavailable e) {
            LOG.warnf("left to the next tick reason=%s cause=%s", what, e.getMessage());
            return List.of();
        }
    }
}
