package dev.jitney.core.ledger;

import dev.jitney.core.JobId;
import dev.jitney.core.RunnerName;
import java.time.Instant;
import java.util.Optional;

/** What is to do after a job has ended. */
public sealed interface Completion {
    /** The runner ran the job: wait for its pod to end, then give the place back. */
    record End(Lease lease) implements Completion {}

    /** The runner was made for the job and nobody else needs it: retire it. */
    record Retire(Lease lease) implements Completion {}

    /** A runner was made for the job and serves another one now. */
    record TakenOver(Lease lease) implements Completion {}

    /** No runner of ours is concerned. */
    record Nothing() implements Completion {}

    /**
     * A job has ended, on a runner or (cancelled or skipped while it was queued) on none.
     * Idempotent: repeated, it answers what is still to do.
     *
     * @param runner the runner GitHub names; it need not be ours
     */
    static Step<OrgLedger, Completion> completed(
            OrgLedger ledger, WaitingJob job, Optional<RunnerName> runner, Instant now) {
        Optional<Lease> ran = runner.flatMap(ledger::lease);
        if (ran.isPresent()) {
            return ran(ledger, job, ran.get(), now);
        }
        return withoutOurs(ledger, job.id(), now);
    }

    private static Step<OrgLedger, Completion> ran(
            OrgLedger ledger, WaitingJob job, Lease lease, Instant now) {
        if (lease.state() == LeaseState.ENDING) {
            return again(ledger, job.id(), lease, now);
        }
        // A lost or late in_progress: the swap it would have told is made up for first.
        OrgLedger bound = Binding.taken(ledger, job, lease, now).next();
        Lease current = bound.leases().getOrDefault(lease.runner(), lease);
        if (!current.job().id().equals(job.id())) {
            return withoutOurs(ledger, job.id(), now);
        }
        Lease ending = current.in(LeaseState.ENDING, now);
        OrgLedger next = new OrgEdit(bound, now).put(ending).finish(job.id()).done();
        return new Step<>(next, new End(ending));
    }

    private static Step<OrgLedger, Completion> again(
            OrgLedger ledger, JobId job, Lease ending, Instant now) {
        if (ledger.isFinished(job)) {
            return new Step<>(ledger, new End(ending));
        }
        return new Step<>(new OrgEdit(ledger, now).finish(job).done(), new End(ending));
    }

    private static Step<OrgLedger, Completion> withoutOurs(
            OrgLedger ledger, JobId job, Instant now) {
        Optional<Lease> serving = ledger.leaseServing(job);
        if (serving.isEmpty()) {
            return leftOver(ledger, job, now);
        }
        Lease lease = serving.get();
        OrgEdit edit = new OrgEdit(ledger, now).finish(job);
        if (!lease.state().isIdle()) {
            // It was busy with the job, so it is over, whatever runner the event names.
            Lease ending = lease.in(LeaseState.ENDING, now);
            return new Step<>(edit.put(ending).done(), new End(ending));
        }
        Lease spare = edit.makeSpare(lease);
        Completion outcome = spare.state().isLeaving() ? new Retire(spare) : new TakenOver(spare);
        return new Step<>(edit.done(), outcome);
    }

    private static Step<OrgLedger, Completion> leftOver(OrgLedger ledger, JobId job, Instant now) {
        Optional<Lease> leaving = ledger.leaseLeaving(job);
        OrgLedger next =
                ledger.isFinished(job) ? ledger : new OrgEdit(ledger, now).finish(job).done();
        if (leaving.isEmpty()) {
            return new Step<>(next, new Nothing());
        }
        Lease lease = leaving.get();
        return new Step<>(
                next, lease.state() == LeaseState.ENDING ? new End(lease) : new Retire(lease));
    }
}
