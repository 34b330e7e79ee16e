package dev.jitney.core.ledger;

import dev.jitney.core.JobId;
import dev.jitney.core.Organization;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.RunnerName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The truth about one organization: its jobs that wait and its leases. Its limit holds here.
 *
 * <p>It holds ids, not numbers: a step first looks for its own id, so that it may be repeated after
 * any failure. A job is in at most one of backlog, leases, gated and finished.
 *
 * @param revision one more with each change; tells an older reading from a newer one
 * @param backlog jobs that wait for a runner, oldest first
 * @param leases by runner name; every lease counts toward the limit until its pod has ended
 * @param gated jobs behind a deployment gate (GitHub's {@code waiting}), not in line
 * @param finished jobs that ended lately and when, so that a late {@code queued} is recognised
 */
public record OrgLedger(
        Organization organization,
        long revision,
        List<WaitingJob> backlog,
        Map<RunnerName, Lease> leases,
        Map<JobId, WaitingJob> gated,
        Map<JobId, Instant> finished) {

    /** How long an ended job is remembered: longer than the broker keeps retrying an event. */
    public static final Duration FINISHED_FOR = Duration.ofMinutes(30);

    /** Most ended jobs remembered; beyond it the oldest are forgotten early. */
    static final int FINISHED_MAX = 2_000;

    public OrgLedger {
        backlog = List.copyOf(backlog);
        leases = FixedMap.of(leases);
        gated = FixedMap.of(gated);
        finished = FixedMap.of(finished);
    }

    public static OrgLedger empty(Organization organization) {
        return new OrgLedger(organization, 0, List.of(), Map.of(), Map.of(), Map.of());
    }

    /** How many more runners the organization may have; never negative. */
    public int room(int limit) {
        return Math.max(0, limit - leases.size());
    }

    /**
     * The jobs that may stand in line now: of each class the oldest that are due, as many as the
     * organization has room for.
     */
    public List<LineEntry> line(int limit, Instant now) {
        int room = room(limit);
        Map<RunnerClassName, Integer> taken = new HashMap<>();
        List<LineEntry> entries = new ArrayList<>();
        for (WaitingJob job : backlog) {
            if (room > 0
                    && job.isDue(now)
                    && taken.merge(job.runnerClass(), 1, Integer::sum) <= room) {
                entries.add(LineEntry.of(job));
            }
        }
        return entries;
    }

    public Optional<WaitingJob> waiting(JobId job) {
        return backlog.stream().filter(each -> each.id().equals(job)).findFirst();
    }

    /** The lease that serves a job now. A lease that is leaving serves none. */
    public Optional<Lease> leaseServing(JobId job) {
        return leases.values().stream()
                .filter(lease -> lease.job().id().equals(job) && !lease.state().isLeaving())
                .findFirst();
    }

    /** The lease whose last job was this one and whose pod has not ended yet. */
    Optional<Lease> leaseLeaving(JobId job) {
        return leases.values().stream()
                .filter(lease -> lease.job().id().equals(job) && lease.state().isLeaving())
                .findFirst();
    }

    public Optional<Lease> lease(RunnerName runner) {
        return Optional.ofNullable(leases.get(runner));
    }

    public boolean isFinished(JobId job) {
        return finished.containsKey(job);
    }

    /** Whether a job, or the runner it ran on, has anything to do with us. */
    public boolean knows(JobId job, Optional<RunnerName> runner) {
        return runner.flatMap(this::lease).isPresent()
                || waiting(job).isPresent()
                || gated.containsKey(job)
                || isFinished(job)
                || leases.values().stream().anyMatch(lease -> lease.job().id().equals(job));
    }

    /** Nothing in it is worth keeping. */
    public boolean isIdle() {
        return backlog.isEmpty() && leases.isEmpty() && gated.isEmpty();
    }
}
