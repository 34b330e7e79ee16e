package dev.jitney.core.ledger;

import dev.jitney.core.JobId;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.RunnerName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A change to an {@link OrgLedger} in the making; lives inside one transition only. Copies of the
 * ledger only the parts that change.
 */
final class OrgEdit {
    private final OrgLedger before;
    private final Instant now;
    private final Draft<List<WaitingJob>> backlog;
    private final Draft<Map<RunnerName, Lease>> leases;
    private final Draft<Map<JobId, WaitingJob>> gated;
    private final Draft<Map<JobId, Instant>> finished;

    OrgEdit(OrgLedger before, Instant now) {
        this.before = before;
        this.now = now;
        this.backlog = new Draft<>(before.backlog(), ArrayList::new);
        this.leases = new Draft<>(before.leases(), LinkedHashMap::new);
        this.gated = new Draft<>(before.gated(), LinkedHashMap::new);
        this.finished = new Draft<>(before.finished(), LinkedHashMap::new);
    }

    /**
     * Puts a job into the backlog by age, unless it has ended; under a later name than all of its
     * runners that the ledger has.
     */
    OrgEdit enqueue(WaitingJob job) {
        if (!finished.seen().containsKey(job.id())) {
            ungate(job.id());
            dequeue(job.id());
            WaitingJob named = job.laterThan(leases.seen().keySet());
            List<WaitingJob> own = backlog.own();
            int place = Collections.binarySearch(own, named);
            own.add(place < 0 ? -place - 1 : place, named);
        }
        return this;
    }

    /**
     * Puts the job of a lease that went back into the backlog, unless it is behind a gate or
     * another lease serves it: a runner may have been counted for a job that had one already.
     */
    OrgEdit requeue(WaitingJob job) {
        boolean served =
                leases.seen().values().stream()
                        .anyMatch(
                                lease ->
                                        lease.job().id().equals(job.id())
                                                && !lease.state().isLeaving());
        return served || gated.seen().containsKey(job.id()) ? this : enqueue(job);
    }

    OrgEdit dequeue(JobId job) {
        for (WaitingJob each : backlog.seen()) {
            if (each.id().equals(job)) {
                backlog.own().remove(each);
                return this;
            }
        }
        return this;
    }

    OrgEdit gate(WaitingJob job) {
        dequeue(job.id());
        gated.own().put(job.id(), job);
        return this;
    }

    OrgEdit ungate(JobId job) {
        if (gated.seen().containsKey(job)) {
            gated.own().remove(job);
        }
        return this;
    }

    OrgEdit put(Lease lease) {
        leases.own().put(lease.runner(), lease);
        return this;
    }

    /**
     * Takes in a lease that nobody wrote down. What was said of its job meanwhile gives way: a job
     * that a live runner serves neither waits nor has ended.
     */
    OrgEdit adopt(Lease lease) {
        JobId job = lease.job().id();
        if (!lease.state().isLeaving()) {
            dequeue(job).ungate(job);
            if (finished.seen().containsKey(job)) {
                finished.own().remove(job);
            }
        }
        put(lease);
        // Those who wait get later names than the runner that was found.
        backlog.seen().stream()
                .filter(each -> !each.laterThan(leases.seen().keySet()).equals(each))
                .toList()
                .forEach(this::enqueue);
        return this;
    }

    OrgEdit remove(RunnerName runner) {
        leases.own().remove(runner);
        return this;
    }

    OrgEdit finish(JobId job) {
        dequeue(job);
        ungate(job);
        finished.own().putIfAbsent(job, now);
        return this;
    }

    /**
     * Finds new work for a lease whose job needs it no more: the oldest job of its own class that
     * is due, else it retires.
     */
    Lease makeSpare(Lease lease) {
        Lease next =
                oldestDue(lease.runnerClass())
                        .map(lease::serving)
                        .orElseGet(() -> lease.in(LeaseState.RETIRING, now));
        if (!next.state().isLeaving()) {
            dequeue(next.job().id());
        }
        put(next);
        return next;
    }

    Optional<WaitingJob> oldestDue(RunnerClassName runnerClass) {
        return backlog.seen().stream()
                .filter(job -> job.runnerClass().equals(runnerClass) && job.isDue(now))
                .findFirst();
    }

    OrgLedger done() {
        forgetOldEnds();
        return new OrgLedger(
                before.organization(),
                before.revision() + 1,
                backlog.seen(),
                leases.seen(),
                gated.seen(),
                finished.seen());
    }

    /** The oldest come first, but for what the clocks of two functions differ. */
    private void forgetOldEnds() {
        Instant oldest = now.minus(OrgLedger.FINISHED_FOR);
        int old = 0;
        for (Instant ended : finished.seen().values()) {
            boolean tooMany = finished.seen().size() - old > OrgLedger.FINISHED_MAX;
            if (!tooMany && !ended.isBefore(oldest)) {
                break;
            }
            old++;
        }
        if (old > 0) {
            Iterator<JobId> oldestFirst = finished.own().keySet().iterator();
            for (; old > 0; old--) {
                oldestFirst.next();
                oldestFirst.remove();
            }
        }
    }
}
