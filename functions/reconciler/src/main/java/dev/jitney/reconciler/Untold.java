package dev.jitney.reconciler;

import dev.jitney.core.JobId;
import dev.jitney.core.Organization;
import dev.jitney.core.Policy;
import dev.jitney.core.RunnerName;
import dev.jitney.core.ledger.Lease;
import dev.jitney.core.ledger.LeaseState;
import dev.jitney.core.ledger.Ledgers;
import dev.jitney.core.ledger.OrgLedger;
import dev.jitney.core.reconcile.Reason;
import dev.jitney.ghes.WorkflowJob;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What GitHub knows of a job and the ledger of its organization does not. */
final class Untold {
    private final Ledgers ledgers;
    private final Policy policy;
    private final Duration untold;

    /**
     * Compares with fresh ledgers.
     *
     * @param untold age of a job: the webhook of a younger one may still be on its way
     */
    Untold(Ledgers ledgers, Policy policy, Duration untold) {
        this.ledgers = ledgers;
        this.policy = policy;
        this.untold = untold;
    }

    /** Which event was missed, if one was. */
    Optional<Reason> reason(Organization organization, WorkflowJob job, Instant now) {
        if (job.createdAt().isAfter(now.minus(untold))) {
            return Optional.empty();
        }
        return switch (job.status()) {
            case QUEUED -> when(isNew(organization, job), Reason.MISSED_QUEUED);
            case IN_PROGRESS ->
                    when(isBelievedToWait(organization, job), Reason.MISSED_IN_PROGRESS);
            case COMPLETED -> when(isBelievedToLive(organization, job), Reason.MISSED_COMPLETED);
            case WAITING, REQUESTED, PENDING, UNKNOWN -> Optional.empty();
        };
    }

    private boolean isNew(Organization organization, WorkflowJob job) {
        if (!policy.admits(organization) || policy.classFor(job.labels()).isEmpty()) {
            return false;
        }
        OrgLedger ledger = ledgers.read(organization);
        JobId id = new JobId(job.id());
        return !ledger.isFinished(id)
                && ledger.waiting(id).isEmpty()
                && ledger.leaseServing(id).isEmpty()
                && !ledger.gated().containsKey(id);
    }

    /** It waits by the ledger, or runs on a runner that is idle by the ledger. */
    private boolean isBelievedToWait(Organization organization, WorkflowJob job) {
        OrgLedger ledger = ledgers.read(organization);
        JobId id = new JobId(job.id());
        boolean waits = ledger.waiting(id).isPresent() || ledger.gated().containsKey(id);
        boolean onIdle =
                job.runnerName()
                        .flatMap(RunnerName::parse)
                        .flatMap(ledger::lease)
                        .filter(Untold::isIdle)
                        .isPresent();
        return waits || onIdle || ledger.leaseServing(id).filter(Untold::isIdle).isPresent();
    }

    private boolean isBelievedToLive(Organization organization, WorkflowJob job) {
        OrgLedger ledger = ledgers.read(organization);
        JobId id = new JobId(job.id());
        return ledger.waiting(id).isPresent()
                || ledger.gated().containsKey(id)
                || ledger.leaseServing(id).isPresent();
    }

    private static boolean isIdle(Lease lease) {
        return lease.state() == LeaseState.REQUESTED || lease.state() == LeaseState.STARTED;
    }

    private static Optional<Reason> when(boolean missed, Reason reason) {
        return missed ? Optional.of(reason) : Optional.empty();
    }
}
