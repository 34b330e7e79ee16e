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
public final class JobCheck {
    private final Ghes ghes;
    private final Ledgers ledgers;
    private final MissedEvents missed;
    private final Ages ages;
    private final Consumer<Decision> decisions;

    /**
     * From which ages on something is wrong.
     *
     * @param doubted of a job: the events about a younger one may still be on their way
     * @param unknown of a job: GitHub answers 404 about a younger one for a moment
     * @param offline of a pod: one without a job by then never came online, or has hung
     */
    public record Ages(Duration doubted, Duration unknown, Duration offline) {}

    public JobCheck(
            Ghes ghes,
            Ledgers ledgers,
            MissedEvents missed,
            Ages ages,
            Consumer<Decision> decisions) {
        this.ages = ages;
        this.ghes = ghes;
        this.ledgers = ledgers;
        this.missed = missed;
        this.decisions = decisions;
    }

    /** A job to ask about, and the lease that waits for it, if any. */
    public record Doubt(Organization organization, WaitingJob job, Optional<Lease> lease) {}

    /** The jobs worth asking about, in the order of organizations and ages. */
    public List<Doubt> doubts(List<OrgLedger> ledgers, Instant now) {
        Instant settled = now.minus(ages.doubted());
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
    public Optional<OutgoingEvent> ask(Doubt doubt, Instant now) {
        JobId id = doubt.job().id();
        Optional<WorkflowJob> found = ghes.job(doubt.job().repository(), id.value());
        if (found.isEmpty()) {
            return doubt.job().createdAt().isBefore(now.minus(ages.unknown()))
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
        if (lease.since().isBefore(now.minus(ages.offline()))) {
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
