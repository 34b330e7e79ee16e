package dev.jitney.reconciler;

import dev.jitney.cloudevents.OutgoingEvent;
import dev.jitney.cloudevents.TryAgain;
import dev.jitney.core.Organization;
import dev.jitney.core.RunnerName;
import dev.jitney.core.event.RunnerEvent;
import dev.jitney.core.ledger.ClusterLedger;
import dev.jitney.core.ledger.Lease;
import dev.jitney.core.ledger.LeaseState;
import dev.jitney.core.ledger.LedgerUnavailable;
import dev.jitney.core.ledger.Ledgers;
import dev.jitney.core.ledger.OrgLedger;
import dev.jitney.core.reconcile.PodSeen;
import dev.jitney.core.reconcile.Reason;
import dev.jitney.core.reconcile.Reconciliation;
import dev.jitney.core.reconcile.Repair;
import dev.jitney.core.reconcile.Snapshot;
import dev.jitney.ghes.GhesException;
import dev.jitney.kubernetes.KubernetesFailure;
import dev.jitney.kubernetes.PodState;
import dev.jitney.kubernetes.RunnerPods;
import dev.jitney.ledger.InspectableGates;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * One round: take a snapshot, repair what is odd, ask GitHub about doubtful jobs, sweep some
 * organizations. What fails is left to the next round; nothing depends on one round being complete.
 */
final class Tick {
    private static final String HELD = "jobs/held";
    private static final String WAITING = "jobs/waiting";

    /** Calls to GitHub: to remove a registration, and to look whether there is another one. */
    private static final int TO_RETIRE = 2;

    private static final Logger LOG = Logger.getLogger(Tick.class);

    private final Ledgers ledgers;
    private final InspectableGates gates;
    private final RunnerPods pods;
    private final Recount recount;
    private final Reconciliation reconciliation;
    private final Repairs repairs;
    private final JobCheck jobCheck;
    private final Sweep sweep;
    private final Cursor cursor;
    private final Workers parallel;
    private final Optional<Redelivery> redelivery;
    private final Queue<RuntimeException> unmeant = new ConcurrentLinkedQueue<>();

    /**
     * @param redelivery for hooks whose deliveries GitHub lets us see
     */
    Tick(
            Ledgers ledgers,
            InspectableGates gates,
            RunnerPods pods,
            Recount recount,
            Reconciliation reconciliation,
            Repairs repairs,
            JobCheck jobCheck,
            Sweep sweep,
            Cursor cursor,
            Workers parallel,
            Optional<Redelivery> redelivery) {
        this.ledgers = ledgers;
        this.gates = gates;
        this.pods = pods;
        this.recount = recount;
        this.reconciliation = reconciliation;
        this.repairs = repairs;
        this.jobCheck = jobCheck;
        this.sweep = sweep;
        this.cursor = cursor;
        this.parallel = parallel;
        this.redelivery = redelivery;
    }

    /**
     * Where the events of a round go, each as soon as it is known: a round may be cut off anywhere,
     * and what was found by then must not be lost with it. Safe for threads.
     */
    public interface Outbox {
        void runners(List<? extends RunnerEvent> events);

        void jobs(List<OutgoingEvent> events);
    }

    /**
     * One round.
     *
     * @param budget of calls to GitHub; a quarter of it at most goes to questions about known jobs
     * @param over once it says so, nothing more is begun; the next round goes on
     */
    public void run(Instant now, CallBudget budget, BooleanSupplier over, Outbox outbox) {
        if (!recount.step(now, budget, over)) {
            return; // What lives is not known yet: comparing with it would take it for strays.
        }
        // Pods first: a pod that is younger than the ledgers would look as if it had no lease.
        List<PodSeen> seen = pods.list().stream().flatMap(this::seen).toList();
        List<OrgLedger> organizations = ledgers.readAll();
        ClusterLedger cluster = ledgers.readCluster();
        Snapshot snapshot =
                new Snapshot(
                        now,
                        cluster,
                        organizations,
                        seen,
                        gates.readAll(),
                        ledgers.furtherBack(cluster));
        parallel.each(
                reconciliation.repairs(snapshot),
                over,
                repair -> {
                    if (mayCall(repair, budget)) {
                        tolerant(
                                repair.reason().name(),
                                () -> outbox.runners(repairs.carryOut(repair)));
                    }
                });
        Part all = new Part(budget, 0, now, over, outbox::jobs);
        Ring ring = new Ring(cursor, parallel, this::tolerant);
        redelivery.ifPresent(
                each -> each.go(organizations, all.upTo(budget.left() / 4), ring, this::tolerant));
        check(organizations, all, ring, outbox);
        new Rounds(sweep, cursor, parallel, this::tolerant).go(organizations, all);
        failIfUnmeant();
    }

    /** Repairs come before all that looks for more; what is too much is left to the next round. */
    private static boolean mayCall(Repair repair, CallBudget budget) {
        int calls =
                switch (repair) {
                    case Repair.TakeBack(_, Lease lease, _) ->
                            lease.state() == LeaseState.ENDING ? 0 : TO_RETIRE;
                    case Repair.GiveUp _, Repair.RemovePod _, Repair.RemoveStray _ -> TO_RETIRE;
                    case Repair.Adopt _ -> 1;
                    case Repair.RequestAgain _,
                            Repair.ConfirmPlace _,
                            Repair.CountLease _,
                            Repair.StandAgain _,
                            Repair.ServeLine _,
                            Repair.CorrectCounter _ ->
                            0;
                };
        if (calls > 0 && budget.isSpent()) {
            return false;
        }
        budget.charge(calls);
        return true;
    }

    /** Runners in doubt first: each holds a place. Jobs that were only just found wait. */
    private void check(List<OrgLedger> organizations, Part all, Ring ring, Outbox outbox) {
        List<JobCheck.Doubt> doubts = jobCheck.doubts(organizations, all.now());
        Map<Boolean, List<JobCheck.Doubt>> parts =
                doubts.stream().collect(Collectors.partitioningBy(JobCheck.Doubt::waits));
        ask(ring, HELD, parts.getOrDefault(false, List.of()), all.share(1, 4), outbox);
        if (!NewPushes.isRecovering(cursor)) {
            ask(ring, WAITING, parts.getOrDefault(true, List.of()), all.share(1, 8), outbox);
        }
    }

    private void ask(
            Ring ring, String round, List<JobCheck.Doubt> doubts, Part part, Outbox outbox) {
        ring.around(
                round,
                doubts,
                Tick::key,
                part,
                (doubt, _) -> {
                    if (!part.take()) {
                        return Optional.of("");
                    }
                    carryOut(jobCheck.ask(doubt, part.budget(), part.now()), outbox);
                    return Optional.empty();
                });
    }

    private static String key(JobCheck.Doubt doubt) {
        String id = doubt.job().id().toString();
        return doubt.organization() + "/" + "0".repeat(20 - id.length()) + id;
    }

    private void carryOut(JobCheck.Answer answer, Outbox outbox) {
        outbox.jobs(answer.event().stream().toList());
        answer.repair().ifPresent(repair -> outbox.runners(repairs.carryOut(repair)));
    }

    /** A pod of ours whose organization somebody erased can be counted for nobody. */
    private Stream<PodSeen> seen(PodState pod) {
        if (pod.organization().isBlank()) {
            tolerant(Reason.POD_WITHOUT_LEASE.name(), () -> pods.delete(pod.runner()));
            return Stream.empty();
        }
        return RunnerName.parse(pod.runner()).stream()
                .map(
                        runner ->
                                new PodSeen(
                                        runner,
                                        pod.uid(),
                                        new Organization(pod.organization()),
                                        pod.runnerClass(),
                                        pod.terminal(),
                                        pod.createdAt(),
                                        pod.course()));
    }

    /** One failing call must not keep the rest of the round from being done. */
    private void tolerant(String what, Runnable work) {
        try {
            work.run();
        } catch (GhesException | KubernetesFailure | LedgerUnavailable | TryAgain e) {
            LOG.warnf("left to the next tick reason=%s cause=%s", what, e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf("failed in a way nobody meant reason=%s", what);
            unmeant.add(e);
        }
    }

    /** What nobody meant fails the tick, so that it is seen; but only when all else is done. */
    private void failIfUnmeant() {
        RuntimeException first = unmeant.poll();
        if (first != null) {
            unmeant.forEach(first::addSuppressed);
            throw first;
        }
    }
}
