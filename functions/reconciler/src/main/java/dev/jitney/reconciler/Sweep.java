package dev.jitney.reconciler;

import dev.jitney.cloudevents.OutgoingEvent;
import dev.jitney.core.JobId;
import dev.jitney.core.Organization;
import dev.jitney.core.Policy;
import dev.jitney.core.RunnerName;
import dev.jitney.core.ledger.Decision;
import dev.jitney.core.ledger.Ledgers;
import dev.jitney.core.ledger.OrgLedger;
import dev.jitney.core.ledger.WaitingJob;
import dev.jitney.ghes.Ghes;
import dev.jitney.ghes.JobStatus;
import dev.jitney.ghes.Repository;
import dev.jitney.ghes.RunStatus;
import dev.jitney.ghes.Runner;
import dev.jitney.ghes.WorkflowJob;
import dev.jitney.ghes.WorkflowRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Looks through one organization for what no event has told: jobs that are queued and unknown to
 * us, and registrations that nobody stands for.
 */
final class Sweep {
    private final Ghes ghes;
    private final Ledgers ledgers;
    private final Policy policy;
    private final MissedEvents missed;
    private final Duration untold;
    private final Consumer<Decision> decisions;

    /**
     * @param untold age of a queued job: the webhook of a younger one may still be on its way
     */
    Sweep(
            Ghes ghes,
            Ledgers ledgers,
            Policy policy,
            MissedEvents missed,
            Duration untold,
            Consumer<Decision> decisions) {
        this.ghes = ghes;
        this.ledgers = ledgers;
        this.policy = policy;
        this.missed = missed;
        this.untold = untold;
        this.decisions = decisions;
    }

    /** Stops early when the budget is spent; the next tick begins with the next organization. */
    List<OutgoingEvent> organization(OrgLedger ledger, CallBudget budget, Instant now) {
        List<OutgoingEvent> events = new ArrayList<>();
        for (String repository : repositories(ledger, budget)) {
            for (RunStatus status : List.of(RunStatus.QUEUED, RunStatus.IN_PROGRESS)) {
                if (budget.take()) {
                    runs(ledger.organization(), repository, status, budget, now, events);
                }
            }
        }
        removeGhosts(ledger.organization(), budget);
        return events;
    }

    private Set<String> repositories(OrgLedger ledger, CallBudget budget) {
        Set<String> names = new LinkedHashSet<>();
        ledger.backlog().stream().map(WaitingJob::repository).forEach(names::add);
        ledger.leases().values().forEach(lease -> names.add(lease.job().repository()));
        if (budget.take()) {
            ghes.repositories(ledger.organization().login()).stream()
                    .filter(repository -> !repository.archived())
                    .map(Repository::fullName)
                    .forEach(names::add);
        }
        return names;
    }

    private void runs(
            Organization organization,
            String repository,
            RunStatus status,
            CallBudget budget,
            Instant now,
            List<OutgoingEvent> events) {
        for (WorkflowRun run : ghes.runs(repository, status)) {
            if (!budget.take()) {
                return;
            }
            for (WorkflowJob job : ghes.jobs(repository, run.id())) {
                if (isMissed(organization, job, now)) {
                    decisions.accept(repaired(organization, job.id(), "", "MISSED_QUEUED"));
                    missed.of(organization, repository, job, now).ifPresent(events::add);
                }
            }
        }
    }

    private boolean isMissed(Organization organization, WorkflowJob job, Instant now) {
        if (job.status() != JobStatus.QUEUED
                || !policy.admits(organization)
                || job.createdAt().isAfter(now.minus(untold))
                || policy.classFor(job.labels()).isEmpty()) {
            return false;
        }
        OrgLedger fresh = ledgers.read(organization);
        JobId id = new JobId(job.id());
        return !fresh.isFinished(id)
                && fresh.waiting(id).isEmpty()
                && fresh.leaseServing(id).isEmpty()
                && !fresh.gated().containsKey(id);
    }

    /** A registration of ours without a lease: leases are written first, so nobody is making it. */
    private void removeGhosts(Organization organization, CallBudget budget) {
        if (!budget.take()) {
            return;
        }
        for (Runner runner : ghes.runners(organization.login())) {
            if (isOurs(runner) && !runner.busy() && isGhost(organization, runner)) {
                ghes.removeRunner(organization.login(), runner.id());
                decisions.accept(repaired(organization, 0, runner.name(), "GHOST_REGISTRATION"));
            }
        }
    }

    private boolean isOurs(Runner runner) {
        return policy.classes().stream()
                .anyMatch(each -> runner.name().matches(each.name() + "-[0-9]+(-[0-9]+)?"));
    }

    private boolean isGhost(Organization organization, Runner runner) {
        return RunnerName.parse(runner.name())
                .filter(name -> ledgers.read(organization).lease(name).isEmpty())
                .isPresent();
    }

    private static Decision repaired(
            Organization organization, long job, String runner, String reason) {
        return new Decision(Decision.Kind.REPAIRED, organization.login(), job, runner, reason);
    }
}
