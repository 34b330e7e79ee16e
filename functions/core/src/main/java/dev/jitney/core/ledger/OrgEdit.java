package dev.jitney.core.ledger;

import dev.jitney.core.JobId;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.RunnerName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** A change to an {@link OrgLedger} in the making; lives inside one transition only. */
final class OrgEdit {
    private final OrgLedger before;
    private final Instant now;
    private final TreeSet<WaitingJob> backlog;
    private final Map<RunnerName, Lease> leases;
    private final Map<JobId, WaitingJob> gated;
    private final Map<JobId, Instant> finished;

    OrgEdit(OrgLedger before, Instant now) {
        this.before = before;
        this.now = now;
        this.backlog = new TreeSet<>(before.backlog());
        this.leases = new LinkedHashMap<>(before.leases());
        this.gated = new LinkedHashMap<>(before.gated());
        this.finished = new LinkedHashMap<>(before.finished());
    }

    /** Puts a job into the backlog by age, unless it has ended. */
    OrgEdit enqueue(WaitingJob job) {
        if (!finished.containsKey(job.id())) {
            gated.remove(job.id());
            backlog.removeIf(each -> each.id().equals(job.id()));
            backlog.add(job);
        }
        return this;
    }

    /**
     * Puts the job of a lease that went back into the backlog, unless it is behind a gate or
     * another lease serves it: a runner may have been counted for a job that had one already.
     */
    OrgEdit requeue(WaitingJob job) {
        boolean served =
                leases.values().stream()
                        .anyMatch(
                                lease ->
                                        lease.job().id().equals(job.id())
                                                && !lease.state().isLeaving());
        return served || gated.containsKey(job.id()) ? this : enqueue(job);
    }

    OrgEdit dequeue(JobId job) {
        backlog.removeIf(each -> each.id().equals(job));
        return this;
    }

    OrgEdit gate(WaitingJob job) {
        dequeue(job.id());
        gated.put(job.id(), job);
        return this;
    }

    OrgEdit ungate(JobId job) {
        gated.remove(job);
        return this;
    }

    OrgEdit put(Lease lease) {
        leases.put(lease.runner(), lease);
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
            finished.remove(job);
        }
        put(lease);
        List<WaitingJob> clashing =
                backlog.stream().filter(each -> each.runner().equals(lease.runner())).toList();
        clashing.forEach(each -> enqueue(each.requeued()));
        return this;
    }

    OrgEdit remove(RunnerName runner) {
        leases.remove(runner);
        return this;
    }

    OrgEdit finish(JobId job) {
        dequeue(job);
        gated.remove(job);
        finished.putIfAbsent(job, now);
        return this;
    }

    /**
     * Finds new work for a lease whose job needs it no more: the oldest job of its class that is
     * due, else it retires.
     */
    Lease makeSpare(Lease lease) {
        Lease next =
                oldestDue(lease.job().runnerClass())
                        .map(lease::serving)
                        .orElseGet(() -> lease.in(LeaseState.RETIRING, now));
        if (!next.state().isLeaving()) {
            dequeue(next.job().id());
        }
        put(next);
        return next;
    }

    Optional<WaitingJob> oldestDue(RunnerClassName runnerClass) {
        return backlog.stream()
                .filter(job -> job.runnerClass().equals(runnerClass) && job.isDue(now))
                .findFirst();
    }

    OrgLedger done() {
        forgetOldEnds();
        return new OrgLedger(
                before.organization(),
                before.revision() + 1,
                new ArrayList<>(backlog),
                leases,
                gated,
                finished);
    }

    private void forgetOldEnds() {
        Instant oldest = now.minus(OrgLedger.FINISHED_FOR);
        finished.values().removeIf(ended -> ended.isBefore(oldest));
        Iterator<JobId> oldestFirst = finished.keySet().iterator();
        for (int excess = finished.size() - OrgLedger.FINISHED_MAX; excess > 0; excess--) {
            oldestFirst.next();
            oldestFirst.remove();
        }
    }
}
