package dev.jitney.reconciler;

import dev.jitney.cloudevents.OutgoingEvent;
import dev.jitney.core.JobId;
import dev.jitney.core.Organization;
import dev.jitney.core.ledger.Decision;
import dev.jitney.core.ledger.Lease;
import dev.jitney.core.ledger.LeaseState;
import dev.jitney.core.ledger.Leasing;
import dev.jitney.core.ledger.Ledgers;
import dev.jitney.core.ledger.OrgLedger;
import dev.jitney.core.ledger.WaitingJob;
import dev.jitney.ghes.Ghes;
import dev.jitney.ghes.JobStatus;
import dev.jitney.ghes.WorkflowJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Asks GitHub about jobs that we believe to be waiting: their events may have been lost. */
final class JobCheck {
    /** A younger job's events may still be on their way. */
    private static final Duration SETTLED = Duration.ofSeconds(45);

    /** GitHub answers 404 about a job for a moment after it was created. */
    private static final Duration CERTAINLY_GONE = Duration.ofMinutes(10);

    /** A runner that has not taken its job by then never came online, or has hung. */
    private static final Duration NEVER_ONLINE = Duration.ofMinutes(10);

    private final Ghes ghes;
    private final Ledgers ledgers;
    private final MissedEvents missed;
    private final Consumer<Decision> decisions;

    JobCheck(Ghes ghes, Ledgers ledgers, MissedEvents missed, Consumer<Decision> decisions) {
        this.ghes = ghes;
        this.ledgers = ledgers;
        this.missed = missed;
        this.decisions = decisions;
    }

    /** A job to ask about, and the lease that waits for it, if any. */
    record Doubt(Organization organization, WaitingJob job, Optional<Lease> lease) {}

    /** The jobs worth asking about, in the order of organizations and ages. */
    static List<Doubt> doubts(List<OrgLedger> ledgers, Instant now) {
        Instant settled = now.minus(SETTLED);
        List<Doubt> doubts = new ArrayList<>();
        for (OrgLedger ledger : ledgers) {
            Organization organization = ledger.organization();
            for (WaitingJob job : ledger.backlog()) {
                if (job.createdAt().isBefore(settled)) {
                    doubts.add(new Doubt(organization, job, Optional.empty()));
                }
            }
            for (WaitingJob job : ledger.gated().values()) {
                doubts.add(new Doubt(organization, job, Optional.empty()));
            }
            for (Lease lease : ledger.leases().values()) {
                if (lease.state() == LeaseState.STARTED && lease.since().isBefore(settled)) {
                    doubts.add(new Doubt(organization, lease.job(), Optional.of(lease)));
                }
            }
        }
        return doubts;
    }

    /** Asks about one job; answers with the event that was missed, if one was. */
    Optional<OutgoingEvent> ask(Doubt doubt, Instant now) {
        JobId id = doubt.job().id();
        Optional<WorkflowJob> found = ghes.job(doubt.job().repository(), id.value());
        if (found.isEmpty()) {
            return doubt.job().createdAt().isBefore(now.minus(CERTAINLY_GONE))
                    ? missed.of(doubt.organization(), doubt.job().repository(), gone(doubt), now)
                    : Optional.empty();
        }
        WorkflowJob job = found.get();
        boolean gated = ledgers.read(doubt.organization()).gated().containsKey(id);
        if (job.status() == JobStatus.QUEUED && !gated) {
            doubt.lease().ifPresent(lease -> abandonIfNeverOnline(doubt, lease, now));
            return Optional.empty();
        }
        if (job.status() == JobStatus.WAITING && gated) {
            return Optional.empty();
        }
        decisions.accept(decision(doubt, "MISSED_" + job.status()));
        return missed.of(doubt.organization(), doubt.job().repository(), job, now);
    }

    private void abandonIfNeverOnline(Doubt doubt, Lease lease, Instant now) {
        if (lease.since().isBefore(now.minus(NEVER_ONLINE))) {
            ledgers.update(
                    doubt.organization(), ledger -> Leasing.abandoned(ledger, lease.runner(), now));
            decisions.accept(decision(doubt, "NEVER_ONLINE"));
        }
    }

    private static Decision decision(Doubt doubt, String reason) {
        String runner = doubt.lease().map(lease -> lease.runner().value()).orElse("");
        return new Decision(
                Decision.Kind.REPAIRED,
                doubt.organization().login(),
                doubt.job().id().value(),
                runner,
                reason);
    }

    /** GitHub does not know the job any more: as good as cancelled. */
    private static WorkflowJob gone(Doubt doubt) {
        return new WorkflowJob(
                doubt.job().id().value(),
                0,
                "",
                JobStatus.COMPLETED,
                Optional.of("cancelled"),
                List.of(),
                OptionalLong.empty(),
                Optional.empty(),
                doubt.job().createdAt());
    }
}
