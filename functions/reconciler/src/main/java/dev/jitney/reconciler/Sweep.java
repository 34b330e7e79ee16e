package dev.jitney.reconciler;

import dev.jitney.cloudevents.OutgoingEvent;
import dev.jitney.core.Organization;
import dev.jitney.core.Policy;
import dev.jitney.core.ledger.Decision;
import dev.jitney.core.ledger.Ledgers;
import dev.jitney.core.reconcile.Reason;
import dev.jitney.ghes.Ghes;
import dev.jitney.ghes.Repository;
import dev.jitney.ghes.RunStatus;
import dev.jitney.ghes.WorkflowJob;
import dev.jitney.ghes.WorkflowRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Looks through organizations for what no event has told: jobs that GitHub sees elsewhere than we
 * do, and registrations that nobody stands for.
 */
public final class Sweep {
    private static final int PAGE = 100;

    /** GitHub shows no more than the newest thousand runs of a status. */
    private static final int RUN_PAGES_MAX = 10;

    private final Ghes ghes;
    private final MissedEvents missed;
    private final Untold untold;
    private final Ghosts ghosts;
    private final Duration margin;
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
        this.margin = untold;
        this.recently = recently;
        this.decisions = decisions;
    }

    /**
     * What of an organization is looked at.
     *
     * @param pushedAfter repositories that were pushed to after it
     * @param runsAfter of these, runs that were made after it
     * @param without names of repositories that are left out
     */
    record Window(Instant pushedAfter, Instant runsAfter, Set<String> without) {
        /** All runs of what was pushed to after a moment. */
        static Window of(Instant pushedAfter) {
            return new Window(pushedAfter, Instant.MIN, Set.of());
        }
    }

    /** All runs of what was pushed to recently, but of some repositories. */
    Window recently(Instant now, Set<String> without) {
        return new Window(now.minus(recently), Instant.MIN, without);
    }

    /** What was pushed since a moment, or so shortly before that its webhooks were on their way. */
    Window since(Instant moment) {
        Instant since = moment.minus(margin);
        return new Window(since, since, Set.of());
    }

    /**
     * The repositories of an organization that were pushed to, whatever we know of it.
     *
     * @param from where the last visit was cut off; empty for the beginning
     * @return where this one was cut off; nothing when it is done
     */
    Optional<String> pushed(Organization organization, Window window, String from, Part part) {
        if (!part.take()) {
            return Optional.of(from);
        }
        List<String> names =
                pushedTo(organization, window.pushedAfter()).stream()
                        .filter(each -> !window.without().contains(each))
                        .toList();
        return repositories(organization, names, window.runsAfter(), from, part);
    }

    /**
     * All runs of some repositories, as {@link #pushed} does.
     *
     * @param names in their order
     */
    Optional<String> repositories(
            Organization organization, List<String> names, String from, Part part) {
        return repositories(organization, names, Instant.MIN, from, part);
    }

    private Optional<String> repositories(
            Organization organization,
            List<String> names,
            Instant runsAfter,
            String from,
            Part part) {
        Ring.Stop stop = Ring.Stop.read(from);
        for (String name : names) {
            if (stop.isBefore(name)) {
                Optional<String> cut =
                        repository(organization, name, runsAfter, stop.within(name), part);
                if (cut.isPresent()) {
                    return Optional.of(new Ring.Stop(name, cut).write());
                }
            }
        }
        return Optional.empty();
    }

    private List<String> pushedTo(Organization organization, Instant since) {
        return ghes.repositories(organization.login()).stream()
                .filter(each -> !each.archived() && each.pushedAt().isPresent())
                .filter(each -> each.pushedAt().get().isAfter(since))
                .map(Repository::fullName)
                .sorted()
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
    Optional<RepositoryPage> repositories(Organization organization, int page, Part part) {
        if (!part.take()) {
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

    /** Every organization of the server; empty when the budget is spent. */
    Optional<List<Organization>> organizations(CallBudget budget) {
        if (!budget.take()) {
            return Optional.empty();
        }
        List<String> logins = ghes.organizations();
        budget.charge(logins.size() / PAGE);
        return Optional.of(logins.stream().map(Organization::new).toList());
    }

    void ghosts(Organization organization, CallBudget budget) {
        ghosts.remove(organization, budget);
    }

    /** All jobs of the runs of a repository that have not ended, as {@link #pushed} does. */
    Optional<String> repository(
            Organization organization, String repository, String from, Part part) {
        return repository(organization, repository, Instant.MIN, from, part);
    }

    /** Oldest runs first: their jobs have waited longest. */
    private Optional<String> repository(
            Organization organization,
            String repository,
            Instant runsAfter,
            String from,
            Part part) {
        long done = from.isEmpty() ? 0 : Long.parseLong(from);
        Set<Long> runs = new TreeSet<>();
        for (RunStatus status : List.of(RunStatus.QUEUED, RunStatus.IN_PROGRESS)) {
            if (!open(repository, status, runsAfter, runs, part)) {
                return Optional.of(from);
            }
        }
        for (long run : runs) {
            if (run > done) {
                if (!part.take()) {
                    return Optional.of(Long.toString(done));
                }
                run(organization, repository, run, part);
                done = run;
            }
        }
        return Optional.empty();
    }

    /** Adds the ids of the runs in a status; false when the budget is spent before. */
    private boolean open(
            String repository, RunStatus status, Instant after, Set<Long> runs, Part part) {
        for (int number = 1; number <= RUN_PAGES_MAX; number++) {
            if (!part.take()) {
                return false;
            }
            List<WorkflowRun> page = ghes.runs(repository, status, number);
            page.stream()
                    .filter(run -> run.createdAt().isAfter(after))
                    .map(WorkflowRun::id)
                    .forEach(runs::add);
            if (page.size() < PAGE || !page.getLast().createdAt().isAfter(after)) {
                return true;
            }
        }
        return true;
    }

    private void run(Organization organization, String repository, long run, Part part) {
        List<OutgoingEvent> events = new ArrayList<>();
        List<WorkflowJob> jobs = ghes.jobs(repository, run);
        part.budget().charge(jobs.size() / PAGE);
        for (WorkflowJob job : jobs) {
            Optional<Reason> reason = untold.reason(organization, job, part.now());
            if (reason.isPresent()) {
                String runner = job.runnerName().orElse("");
                decisions.accept(Found.of(reason.get(), organization, job.id(), runner));
                missed.of(organization, repository, job, part.now()).ifPresent(events::add);
            }
        }
        part.events().accept(events);
    }
}
