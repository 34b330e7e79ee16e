package dev.jitney.reconciler;

import dev.jitney.cloudevents.OutgoingEvent;
import dev.jitney.core.Organization;
import dev.jitney.core.Policy;
import dev.jitney.core.ledger.Decision;
import dev.jitney.core.ledger.Ledgers;
import dev.jitney.core.ledger.OrgLedger;
import dev.jitney.core.ledger.WaitingJob;
import dev.jitney.core.reconcile.Reason;
import dev.jitney.ghes.Ghes;
import dev.jitney.ghes.Repository;
import dev.jitney.ghes.RunStatus;
import dev.jitney.ghes.WorkflowJob;
import dev.jitney.ghes.WorkflowRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Looks through organizations for what no event has told: jobs that GitHub sees elsewhere than we
 * do, and registrations that nobody stands for.
 */
public final class Sweep {
    private static final int PAGE = 100;

    private final Ghes ghes;
    private final MissedEvents missed;
    private final Untold untold;
    private final Ghosts ghosts;
    private final Duration recently;
    private final Consumer<Decision> decisions;

    /** Looks at what was pushed to within the last two hours first. */
    public Sweep(
            Ghes ghes,
            Ledgers ledgers,
            Policy policy,
            MissedEvents missed,
            Duration untold,
            Consumer<Decision> decisions) {
        this(ghes, ledgers, policy, missed, untold, Duration.ofHours(2), decisions);
    }

    /**
     * @param untold age of a job: the webhook of a younger one may still be on its way
     * @param recently how long ago a repository was pushed to at most, to be looked at first
     */
    public Sweep(
            Ghes ghes,
            Ledgers ledgers,
            Policy policy,
            MissedEvents missed,
            Duration untold,
            Duration recently,
            Consumer<Decision> decisions) {
        this.ghes = ghes;
        this.missed = missed;
        this.untold = new Untold(ledgers, policy, untold);
        this.ghosts = new Ghosts(ghes, ledgers, policy, decisions);
        this.recently = recently;
        this.decisions = decisions;
    }

    /**
     * One organization that has been active: the repositories of its jobs, then those pushed to
     * recently, then its registrations. Stops early when the budget is spent.
     */
    public List<OutgoingEvent> organization(OrgLedger ledger, CallBudget budget, Instant now) {
        List<OutgoingEvent> events = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        ledger.backlog().stream().map(WaitingJob::repository).forEach(names::add);
        ledger.gated().values().forEach(job -> names.add(job.repository()));
        ledger.leases().values().forEach(lease -> names.add(lease.job().repository()));
        names.addAll(pushedTo(ledger.organization(), budget, now));
        for (String name : names) {
            events.addAll(repository(ledger.organization(), name, budget, now));
        }
        ghosts.remove(ledger.organization(), budget);
        return events;
    }

    /** The repositories pushed to recently, of one organization whatever we know of it. */
    public List<OutgoingEvent> pushed(Organization organization, CallBudget budget, Instant now) {
        List<OutgoingEvent> events = new ArrayList<>();
        for (String name : pushedTo(organization, budget, now)) {
            events.addAll(repository(organization, name, budget, now));
        }
        return events;
    }

    private List<String> pushedTo(Organization organization, CallBudget budget, Instant now) {
        if (!budget.take()) {
            return List.of();
        }
        return ghes.repositories(organization.login()).stream()
                .filter(each -> !each.archived() && each.pushedAt().isPresent())
                .filter(each -> each.pushedAt().get().isAfter(now.minus(recently)))
                .map(Repository::fullName)
                .toList();
    }

    /**
     * Repositories that are not archived, by name.
     *
     * @param isFull whether there may be a further page
     */
    record RepositoryPage(List<String> names, boolean isFull) {}

    /**
     * A page of all repositories of an organization; empty when the budget is spent.
     *
     * @param page from 1
     */
    Optional<RepositoryPage> repositories(Organization organization, int page, CallBudget budget) {
        if (!budget.take()) {
            return Optional.empty();
        }
        List<Repository> all = ghes.repositoriesByName(organization.login(), page);
        List<String> names =
                all.stream()
                        .filter(each -> !each.archived())
                        .map(Repository::fullName)
                        .sorted()
                        .toList();
        return Optional.of(new RepositoryPage(names, all.size() >= PAGE));
    }

    /** Every organization of the server; none when the budget is spent. */
    List<Organization> organizations(CallBudget budget) {
        if (!budget.take()) {
            return List.of();
        }
        List<String> logins = ghes.organizations();
        budget.charge(logins.size() / PAGE);
        return logins.stream().map(Organization::new).toList();
    }

    void ghosts(Organization organization, CallBudget budget) {
        ghosts.remove(organization, budget);
    }

    /** All jobs of the runs of a repository that have not ended. */
    List<OutgoingEvent> repository(
            Organization organization, String repository, CallBudget budget, Instant now) {
        List<OutgoingEvent> events = new ArrayList<>();
        for (RunStatus status : List.of(RunStatus.QUEUED, RunStatus.IN_PROGRESS)) {
            if (budget.take()) {
                for (WorkflowRun run : ghes.runs(repository, status)) {
                    events.addAll(run(organization, repository, run, budget, now));
                }
            }
        }
        return events;
    }

    private List<OutgoingEvent> run(
            Organization organization,
            String repository,
            WorkflowRun run,
            CallBudget budget,
            Instant now) {
        if (!budget.take()) {
            return List.of();
        }
        List<OutgoingEvent> events = new ArrayList<>();
        List<WorkflowJob> jobs = ghes.jobs(repository, run.id());
        budget.charge(jobs.size() / PAGE);
        for (WorkflowJob job : jobs) {
            Optional<Reason> reason = untold.reason(organization, job, now);
            if (reason.isPresent()) {
                String runner = job.runnerName().orElse("");
                decisions.accept(Found.of(reason.get(), organization, job.id(), runner));
                missed.of(organization, repository, job, now).ifPresent(events::add);
            }
        }
        return events;
    }
}
