package dev.jitney.simulation.check;

import dev.jitney.core.JobId;
import dev.jitney.core.ledger.OrgLedger;
import dev.jitney.ghes.JobStatus;
import dev.jitney.simulation.ghes.Job;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Watches how long jobs wait without a ledger that names them: because a webhook is on its way or
 * lost, or the store was lost.
 */
final class UnknownJobs {
    private final Reporter reporter;
    private final Map<Long, Unknown> unknownJobs = new HashMap<>();
    private final Waits unknown = new Waits();

    private record Unknown(Job job, long since) {}

    UnknownJobs(Reporter reporter) {
        this.reporter = reporter;
    }

    void created(Job job) {
        unknownJobs.put(job.id(), new Unknown(job, reporter.now()));
    }

    /** It has begun or ended: nobody waits for it any more. */
    void over(Job job) {
        known(job.id());
    }

    void written(OrgLedger ledger) {
        ledger.backlog().forEach(job -> known(job.id().value()));
        ledger.gated().keySet().stream().map(JobId::value).forEach(this::known);
        ledger.leases().values().forEach(lease -> known(lease.job().id().value()));
    }

    void wiped(Collection<Job> open) {
        for (Job job : open) {
            if (job.status() != JobStatus.IN_PROGRESS) {
                unknownJobs.putIfAbsent(job.id(), new Unknown(job, reporter.now()));
            }
        }
    }

    /** At a gate a job wants no runner, and nobody need know it. */
    private void known(long id) {
        Unknown was = unknownJobs.remove(id);
        if (was != null && was.job().queuedAt() >= 0) {
            unknown.add(reporter.now() - Math.max(was.since(), was.job().queuedAt()));
        }
    }

    /** How long jobs were unknown, each time that they were. */
    Waits unknown() {
        return unknown;
    }
}
