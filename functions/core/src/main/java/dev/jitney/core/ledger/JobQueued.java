package dev.jitney.core.ledger;

import dev.jitney.core.JobId;
import java.time.Instant;

/** What the organization's ledger says to a job that wants a runner, or wants one no longer. */
public sealed interface JobQueued {
    /**
     * It waits in the backlog.
     *
     * @param added false when it was there already
     */
    record Waiting(boolean added) implements JobQueued {}

    /** A lease serves it already. */
    record Leased(Lease lease) implements JobQueued {}

    /** It has ended: the event came late or twice. */
    record Finished() implements JobQueued {}

    /**
     * GitHub has a job that wants a runner. Idempotent.
     *
     * @param job as GitHub describes it; what the ledger knows of it already is kept
     */
    static Step<OrgLedger, JobQueued> queued(OrgLedger ledger, WaitingJob job, Instant now) {
        JobId id = job.id();
        if (ledger.isFinished(id)) {
            return new Step<>(ledger, new Finished());
        }
        var lease = ledger.leaseServing(id);
        if (lease.isPresent()) {
            return new Step<>(ledger, new Leased(lease.get()));
        }
        if (ledger.waiting(id).isPresent()) {
            return new Step<>(ledger, new Waiting(false));
        }
        WaitingJob gated = ledger.gated().get(id);
        WaitingJob known = gated == null ? job.enteringAt(now) : gated;
        OrgLedger next = new OrgEdit(ledger, now).enqueue(known).done();
        return new Step<>(next, new Waiting(true));
    }

    /**
     * The job went behind a deployment gate; a later {@code queued} brings it back. A runner that
     * was granted for it becomes spare. A job that runs or has ended is left alone: the event is
     * stale. Idempotent.
     */
    static Step<OrgLedger, Boolean> gated(OrgLedger ledger, JobId id, Instant now) {
        if (ledger.isFinished(id)) {
            return new Step<>(ledger, false);
        }
        var waiting = ledger.waiting(id);
        if (waiting.isPresent()) {
            // A place may have been reserved in its name and be on its way back: no name twice.
            WaitingJob gated = waiting.get().requeued();
            return new Step<>(new OrgEdit(ledger, now).gate(gated).done(), true);
        }
        var lease = ledger.leaseServing(id).filter(each -> each.state().isIdle());
        if (lease.isEmpty()) {
            return new Step<>(ledger, false);
        }
        OrgEdit edit = new OrgEdit(ledger, now).gate(lease.get().job().requeued());
        edit.makeSpare(lease.get());
        return new Step<>(edit.done(), true);
    }
}
