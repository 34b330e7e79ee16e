package dev.jitney.core.ledger;

import dev.jitney.core.JobId;
import dev.jitney.core.RunnerName;
import java.time.Instant;
import java.util.Optional;

/**
 * Which runner took which job. GitHub gives a runner to any job of the organization that has its
 * labels, whichever job it was granted for; so runners are counted, never paired with jobs, and a
 * job that lost its runner to another one takes over that one's claim with its own age.
 */
public sealed interface Binding {
    /** The runner works on the job. Nothing else changed. */
    record Serving(Lease lease) implements Binding {}

    /** The runner works on the job; the one it was granted for waits again, as old as before. */
    record Displaced(Lease lease, WaitingJob requeued) implements Binding {}

    /** The runner works on the job; the two jobs exchanged their runners, of one class. */
    record Swapped(Lease lease, Lease other) implements Binding {}

    /** A runner that is not ours took the job; it left the backlog. */
    record Foreign(Optional<Lease> spare) implements Binding {}

    /** The event is late or contradicts what is known; nothing changed. */
    record Stale() implements Binding {}

    /**
     * GitHub says that {@code job} runs on {@code runner}. Idempotent.
     *
     * @param job as GitHub describes it, for the case that its {@code queued} has not come yet
     */
    static Step<OrgLedger, Binding> bound(
            OrgLedger ledger, WaitingJob job, RunnerName runner, Instant now) {
        if (ledger.isFinished(job.id())) {
            return new Step<>(ledger, new Stale());
        }
        Optional<Lease> lease = ledger.lease(runner);
        if (lease.isEmpty()) {
            return foreign(ledger, job.id(), now);
        }
        return taken(ledger, job, lease.get(), now);
    }

    /**
     * The same when the event is the last word about the job, whether or not it is known to be
     * over.
     */
    static Step<OrgLedger, Binding> taken(
            OrgLedger ledger, WaitingJob job, Lease taken, Instant now) {
        boolean own = taken.job().id().equals(job.id());
        return switch (taken.state()) {
            case REQUESTED, STARTED, RETIRING -> bind(ledger, job, taken, now);
            case BUSY -> new Step<>(ledger, own ? new Serving(taken) : new Stale());
            case ENDING -> new Step<>(ledger, new Stale());
        };
    }

    private static Step<OrgLedger, Binding> bind(
            OrgLedger ledger, WaitingJob job, Lease taken, Instant now) {
        // A lease that is busy with the job already contradicts the event and is left alone.
        Optional<Lease> own =
                otherLease(ledger, job.id(), taken).filter(lease -> lease.state().isIdle());
        Lease busy = taken.busyWith(known(ledger, job), now);
        OrgEdit edit = new OrgEdit(ledger, now).dequeue(job.id()).ungate(job.id()).put(busy);
        boolean formerWaits = !taken.job().id().equals(job.id()) && waitsOn(ledger, taken);
        if (own.isPresent() && formerWaits && own.get().fits(taken.job())) {
            Lease other = own.get().serving(taken.job());
            return new Step<>(edit.put(other).done(), new Swapped(busy, other));
        }
        own.ifPresent(edit::makeSpare);
        if (formerWaits) {
            WaitingJob requeued = taken.job().requeued();
            return new Step<>(edit.enqueue(requeued).done(), new Displaced(busy, requeued));
        }
        return new Step<>(edit.done(), new Serving(busy));
    }

    /** Whether the job that a lease was granted for has nothing else to wait on. */
    private static boolean waitsOn(OrgLedger ledger, Lease lease) {
        JobId job = lease.job().id();
        return lease.state().isIdle()
                && !ledger.isFinished(job)
                && !ledger.gated().containsKey(job)
                && ledger.waiting(job).isEmpty()
                && otherLease(ledger, job, lease).isEmpty();
    }

    private static Optional<Lease> otherLease(OrgLedger ledger, JobId job, Lease than) {
        return ledger.leases().values().stream()
                .filter(lease -> !lease.runner().equals(than.runner()))
                .filter(lease -> lease.job().id().equals(job) && !lease.state().isLeaving())
                .findFirst();
    }

    /** Also used when a job ends on a runner that is not ours. */
    static Step<OrgLedger, Binding> foreign(OrgLedger ledger, JobId job, Instant now) {
        OrgEdit edit = new OrgEdit(ledger, now).finish(job);
        Optional<Lease> spare =
                ledger.leaseServing(job)
                        .filter(lease -> lease.state().isIdle())
                        .map(edit::makeSpare);
        return new Step<>(edit.done(), new Foreign(spare));
    }

    /** What the ledger knows of a job is better than what a single event says. */
    private static WaitingJob known(OrgLedger ledger, WaitingJob job) {
        return ledger.waiting(job.id())
                .or(() -> ledger.leaseServing(job.id()).map(Lease::job))
                .or(() -> Optional.ofNullable(ledger.gated().get(job.id())))
                .orElse(job);
    }
}
