package dev.jitney.core.ledger;

import dev.jitney.core.Held;
import dev.jitney.core.RunnerName;
import java.time.Instant;
import java.util.Optional;

/** The life of a lease in its organization's ledger. */
public sealed interface Leasing {
    /**
     * The lease stands; when it is still {@code REQUESTED} the runner is to be asked for (again).
     */
    record Leased(Lease lease) implements Leasing {}

    /** The place is not needed: the job has left the backlog. Give it back. */
    record Unneeded() implements Leasing {}

    /**
     * The organization has as many leases as it may have. Give the place back; the job waits under
     * a new name.
     */
    record AtLimit() implements Leasing {}

    /**
     * The cluster reserved a place: writes the lease, if the job still waits and the limit allows.
     * Idempotent.
     *
     * @param limit most leases of the organization
     */
    static Step<OrgLedger, Leasing> granted(OrgLedger ledger, Place place, int limit, Instant now) {
        Optional<Lease> existing = ledger.lease(place.runner());
        if (existing.isPresent()) {
            return new Step<>(ledger, new Leased(existing.get()));
        }
        Optional<WaitingJob> job =
                ledger.waiting(place.job()).filter(each -> each.runner().equals(place.runner()));
        if (job.isEmpty()) {
            return new Step<>(ledger, new Unneeded());
        }
        if (ledger.room(limit) == 0) {
            // Its place goes back: the next one is reserved under a name that this cannot free.
            OrgLedger renamed = new OrgEdit(ledger, now).enqueue(job.get().requeued()).done();
            return new Step<>(renamed, new AtLimit());
        }
        Lease lease = new Lease(place.runner(), job.get(), LeaseState.REQUESTED, now);
        return new Step<>(
                new OrgEdit(ledger, now).dequeue(place.job()).put(lease).done(), new Leased(lease));
    }

    /**
     * The pod exists. Idempotent; a lease that has gone further stays where it is.
     *
     * @return the lease after the step; empty when there is none and the pod must not stay. A lease
     *     that is {@code RETIRING} wants its runner retired
     */
    static Step<OrgLedger, Optional<Lease>> started(
            OrgLedger ledger, RunnerName runner, Instant now) {
        Optional<Lease> lease = ledger.lease(runner);
        if (lease.isEmpty() || lease.get().state() != LeaseState.REQUESTED) {
            return new Step<>(ledger, lease);
        }
        Lease started = lease.get().in(LeaseState.STARTED, now);
        return new Step<>(new OrgEdit(ledger, now).put(started).done(), Optional.of(started));
    }

    /**
     * GitHub would not let go of a runner that was to retire: it has taken a job, and an {@code
     * in_progress} will say which. Until then it counts for the job it was granted for, if that one
     * still waits, else for the oldest of its class. Where nobody waits it goes on retiring: the
     * job it was granted for has ended, or has another runner. Idempotent.
     */
    static Step<OrgLedger, Optional<Lease>> kept(OrgLedger ledger, RunnerName runner, Instant now) {
        Optional<Lease> lease = ledger.lease(runner);
        if (lease.isEmpty() || lease.get().state() != LeaseState.RETIRING) {
            return new Step<>(ledger, lease);
        }
        OrgEdit edit = new OrgEdit(ledger, now);
        Lease started = lease.get().in(LeaseState.STARTED, now);
        Optional<Lease> kept =
                ledger.waiting(started.job().id())
                        .filter(started::fits)
                        .or(() -> edit.oldestDue(started.runnerClass()))
                        .map(started::serving);
        return kept.isEmpty()
                ? new Step<>(ledger, lease)
                : new Step<>(edit.dequeue(kept.get().job().id()).put(kept.get()).done(), kept);
    }

    /**
     * A runner is not to be used any more, though its job may still want one: the job waits again,
     * as old as before, and the lease stays until the pod has ended. Idempotent.
     */
    static Step<OrgLedger, Optional<Lease>> abandoned(
            OrgLedger ledger, RunnerName runner, Instant now) {
        Optional<Lease> lease = ledger.lease(runner);
        if (lease.isEmpty() || lease.get().state().isLeaving()) {
            return new Step<>(ledger, lease);
        }
        Lease retiring = lease.get().in(LeaseState.RETIRING, now);
        OrgEdit edit = new OrgEdit(ledger, now).put(retiring);
        if (lease.get().state().isIdle()) {
            edit.requeue(lease.get().job().requeued());
        }
        return new Step<>(edit.done(), Optional.of(retiring));
    }

    /**
     * The runner could not be made or could not come to work: like {@link #abandoned}, but its job
     * waits until the backoff is over, so that a class whose pods cannot start does not spin.
     * Idempotent.
     */
    static Step<OrgLedger, Optional<Lease>> givenUp(
            OrgLedger ledger, RunnerName runner, Held reason, Backoff backoff, Instant now) {
        Optional<Lease> lease = ledger.lease(runner);
        if (lease.isEmpty() || !lease.get().state().isIdle()) {
            return abandoned(ledger, runner, now);
        }
        Lease retiring = lease.get().in(LeaseState.RETIRING, now);
        WaitingJob job = lease.get().job();
        OrgEdit edit =
                new OrgEdit(ledger, now)
                        .put(retiring)
                        .requeue(job.refused(reason, now.plus(backoff.after(job.failures() + 1))));
        return new Step<>(edit.done(), Optional.of(retiring));
    }

    /**
     * The pod has ended and the registration is gone: the lease goes. A job that it was granted for
     * and that never ran waits again, as old as before. Idempotent.
     *
     * @param told when the event was made: a lease that stood only later is another one of the same
     *     name, as a store that lost everything gives them, and is kept
     * @return the lease that went; empty when it had gone before
     */
    static Step<OrgLedger, Optional<Lease>> released(
            OrgLedger ledger, RunnerName runner, Instant told, Instant now) {
        Optional<Lease> lease = ledger.lease(runner).filter(each -> each.stood(told));
        if (lease.isEmpty()) {
            return new Step<>(ledger, lease);
        }
        OrgEdit edit = new OrgEdit(ledger, now).remove(runner);
        if (lease.get().state().isIdle()) {
            edit.requeue(lease.get().job().requeued());
        }
        return new Step<>(edit.done(), lease);
    }

    /**
     * The runner could not be made and nothing of it is left: the lease goes, its job waits until
     * {@code retryAt}. A lease whose runner works after all is kept: the refusal is stale.
     * Idempotent.
     *
     * @param told as in {@link #released}
     * @return the lease that went; empty when there was none to take back
     */
    static Step<OrgLedger, Optional<Lease>> refused(
            OrgLedger ledger,
            RunnerName runner,
            Held reason,
            Backoff backoff,
            Instant told,
            Instant now) {
        Optional<Lease> lease =
                ledger.lease(runner)
                        .filter(each -> each.stood(told))
                        .filter(each -> each.state().isIdle() || each.state().isLeaving());
        if (lease.isEmpty()) {
            return new Step<>(ledger, lease);
        }
        OrgEdit edit = new OrgEdit(ledger, now).remove(runner);
        if (lease.get().state().isIdle()) {
            WaitingJob job = lease.get().job();
            edit.requeue(job.refused(reason, now.plus(backoff.after(job.failures() + 1))));
        }
        return new Step<>(edit.done(), lease);
    }
}
