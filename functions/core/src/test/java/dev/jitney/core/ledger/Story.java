package dev.jitney.core.ledger;

import dev.jitney.core.JobId;
import dev.jitney.core.Organization;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.RunnerName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The ledger of one organization, brought into the state that an example begins with by the steps
 * that would bring it there. Job n is older than job n + 1; its runner is called small-n.
 */
final class Story {
    static final Organization ORG = new Organization("octo");
    static final RunnerClassName SMALL = new RunnerClassName("small");
    static final RunnerClassName LARGE = new RunnerClassName("large");
    static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    static final int LIMIT = 3;

    OrgLedger ledger = OrgLedger.empty(ORG);

    static JobId id(long job) {
        return new JobId(job);
    }

    static WaitingJob job(long job) {
        return job(job, SMALL);
    }

    static WaitingJob job(long job, RunnerClassName runnerClass) {
        return WaitingJob.first(id(job), runnerClass, "octo/app", NOW.plusSeconds(job));
    }

    static RunnerName runner(long job) {
        return job(job).runner();
    }

    static Place place(WaitingJob job) {
        return new Place(job.runner(), ORG, job.runnerClass(), job.id(), NOW);
    }

    /** Takes a step, and answers what it said. */
    <R> R step(Function<OrgLedger, Step<OrgLedger, R>> transition) {
        Step<OrgLedger, R> step = transition.apply(ledger);
        ledger = step.next();
        return step.result();
    }

    /** Jobs that wait for a runner. */
    Story waiting(long... jobs) {
        for (long job : jobs) {
            var _ = step(before -> JobQueued.queued(before, job(job), NOW));
        }
        return this;
    }

    /** Jobs that were granted a runner each, which is asked for. */
    Story requested(long... jobs) {
        waiting(jobs);
        for (long job : jobs) {
            var _ = step(before -> Leasing.granted(before, place(job(job)), LIMIT, NOW));
        }
        return this;
    }

    /** Jobs whose runners exist. */
    Story started(long... jobs) {
        requested(jobs);
        for (long job : jobs) {
            var _ = step(before -> Leasing.started(before, runner(job), NOW));
        }
        return this;
    }

    /** Jobs that run on the runners made for them. */
    Story busy(long... jobs) {
        started(jobs);
        for (long job : jobs) {
            var _ = step(before -> Binding.bound(before, job(job), runner(job), NOW));
        }
        return this;
    }

    /** Jobs that have ended before anything else was known of them. */
    Story finished(long... jobs) {
        for (long job : jobs) {
            var _ = step(before -> Completion.completed(before, job(job), Optional.empty(), NOW));
        }
        return this;
    }

    List<JobId> backlog() {
        return ledger.backlog().stream().map(WaitingJob::id).toList();
    }

    Lease lease(long job) {
        return ledger.lease(runner(job)).orElseThrow();
    }

    /** What the runner made for a job is doing: its state and the job it counts for. */
    String runnerOf(long job) {
        return lease(job).state() + " " + lease(job).job().id();
    }
}
