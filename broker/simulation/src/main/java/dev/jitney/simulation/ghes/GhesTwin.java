package dev.jitney.simulation.ghes;

import dev.jitney.ghes.JobStatus;
import dev.jitney.ghes.Removal;
import dev.jitney.simulation.engine.Chaos;
import dev.jitney.simulation.engine.Fault;
import dev.jitney.simulation.engine.Nanos;
import dev.jitney.simulation.engine.Timeline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The server: gives jobs to runners and tells of it. Whoever asks it comes through a port. */
public final class GhesTwin {
    private static final long LOST_AFTER = 10 * Nanos.MINUTE;
    private static final long FIRST_JOB = 100_001;
    private static final long FIRST_RERUN = 10_000_001;

    private final Timeline timeline;
    private final Chaos chaos;
    private final GhesWatch watch;
    private final BiConsumer<Job, String> webhooks;
    private final Map<Long, Job> jobs = new TreeMap<>();
    private final Map<Integer, Job.Run> runs = new HashMap<>();
    private final Map<String, Account> accounts = new TreeMap<>();
    private final Map<Long, Registration> registrations = new TreeMap<>();
    private final HiddenRepositories hidden;
    private long lastRunner;
    private long reruns;

    /** What an organization has. */
    static final class Account {
        /**
         * In the order in which they began to wait: a re-run has a high id, and waits no longer.
         */
        final Map<Long, Job> queued = new LinkedHashMap<>();

        final TreeMap<Long, Registration> registrations = new TreeMap<>();
        final Map<String, Registration> byName = new HashMap<>();
        final Map<String, TreeMap<Long, Job.Run>> active = new TreeMap<>();
        final Map<String, Long> pushedAt = new TreeMap<>();
        List<dev.jitney.ghes.Runner> listed = List.of();
        long listedAt = Long.MIN_VALUE / 2;
    }

    /**
     * @param webhooks takes a job and the action to tell of
     */
    public GhesTwin(
            Timeline timeline, Chaos chaos, GhesWatch watch, BiConsumer<Job, String> webhooks) {
        this.timeline = timeline;
        this.chaos = chaos;
        this.watch = watch;
        this.webhooks = webhooks;
        this.hidden = new HiddenRepositories(timeline, chaos, this::repositories);
    }

    boolean isHidden(String repository) {
        return hidden.contains(repository);
    }

    private List<String> repositories() {
        return accounts.values().stream()
                .flatMap(account -> account.active.keySet().stream())
                .toList();
    }

    /** Organizations that are there from the beginning. */
    public void know(List<String> logins) {
        logins.forEach(this::account);
    }

    /** A job of the load arrives. */
    public void create(JobPlan plan) {
        // Jobs of a run come one after the other; only the first one comes with the push.
        if (!runs.containsKey(plan.run())) {
            account(plan.organization()).pushedAt.put(plan.repository(), timeline.now());
        }
        create(FIRST_JOB + jobs.size() - reruns, plan);
    }

    private void create(long id, JobPlan plan) {
        Job.Run run =
                runs.computeIfAbsent(
                        plan.run(), number -> new Job.Run(number, plan, timeline.now()));
        Job job = new Job(id, run, plan, timeline.now());
        run.jobs.add(job);
        jobs.put(id, job);
        account(plan.organization())
                .active
                .computeIfAbsent(plan.repository(), _ -> new TreeMap<>())
                .put(run.id, run);
        watch.created(job);
        if (plan.gate() > 0) {
            webhooks.accept(job, "waiting");
            timeline.after(plan.gate(), () -> enqueue(job));
        } else {
            enqueue(job);
        }
        if (plan.cancelAfter() >= 0) {
            timeline.after(plan.cancelAfter(), () -> cancel(job));
        }
    }

    private void enqueue(Job job) {
        if (job.status != JobStatus.WAITING) {
            return;
        }
        job.status = JobStatus.QUEUED;
        job.queuedAt = timeline.now();
        Account account = account(job.organization());
        account.queued.put(job.id, job);
        webhooks.accept(job, "queued");
        account.registrations.values().stream()
                .filter(each -> each.isIdle() && each.mayRun(job))
                .findFirst()
                .ifPresent(registration -> start(job, registration));
    }

    private void cancel(Job job) {
        if (job.status != JobStatus.COMPLETED) {
            end(job, "cancelled");
        }
    }

    /** A runner comes online; false when the server does not know it. */
    public boolean connect(long registrationId, RunnerProcess process) {
        Registration registration = registrations.get(registrationId);
        if (registration == null || registration.process != null) {
            return false;
        }
        registration.process = process;
        told(registration);
        if (chaos.strikes(Fault.REGISTRATION_VANISHED)) {
            long after = chaos.dice(Fault.REGISTRATION_VANISHED).between(0, 3 * Nanos.MINUTE);
            timeline.after(after, () -> vanish(registration));
        }
        offer(registration);
        return true;
    }

    private void told(Registration registration) {
        boolean active = registration.process != null;
        watch.registration(registration.organization, registration.name, true, active);
    }

    private void vanish(Registration registration) {
        if (registration.job == null) {
            forget(registration);
        }
    }

    private void offer(Registration registration) {
        List<Job> queued =
                account(registration.organization).queued.values().stream()
                        .filter(registration::mayRun)
                        .toList();
        if (queued.isEmpty()) {
            return;
        }
        boolean swapped = queued.size() > 1 && chaos.strikes(Fault.RUNNER_SWAPPED);
        int which = swapped ? chaos.dice(Fault.RUNNER_SWAPPED).below(queued.size()) : 0;
        start(queued.get(which), registration);
    }

    private void start(Job job, Registration registration) {
        registration.job = job;
        account(job.organization()).queued.remove(job.id);
        job.status = JobStatus.IN_PROGRESS;
        job.runnerId = registration.id;
        job.runnerName = registration.name;
        job.startedAt = timeline.now();
        job.runs++;
        watch.started(job);
        webhooks.accept(job, "in_progress");
        timeline.after(
                job.plan.duration(),
                () -> {
                    if (registration.process != null && registration.job == job) {
                        end(job, "success");
                    }
                });
    }

    /** A runner is not heard of any more. */
    public void disconnect(long registrationId) {
        Registration registration = registrations.get(registrationId);
        if (registration == null || registration.process == null) {
            return;
        }
        registration.process = null;
        told(registration);
        Job job = registration.job;
        if (job != null) {
            timeline.after(LOST_AFTER, () -> lose(job, registration));
        }
    }

    private void lose(Job job, Registration registration) {
        if (registration.job == job && job.status == JobStatus.IN_PROGRESS) {
            end(job, "failure");
        }
    }

    private void end(Job job, String conclusion) {
        boolean ran = job.status == JobStatus.IN_PROGRESS;
        account(job.organization()).queued.remove(job.id);
        job.status = JobStatus.COMPLETED;
        job.conclusion = conclusion;
        job.endedAt = timeline.now();
        if (job.run.isOver()) {
            TreeMap<Long, Job.Run> active =
                    account(job.organization()).active.get(job.repository());
            if (active != null) {
                active.remove(job.run.id);
            }
        }
        watch.ended(job);
        webhooks.accept(job, "completed");
        Registration registration = ran ? registrations.get(job.runnerId) : null;
        if (registration != null && registration.job == job) {
            registration.job = null;
            forget(registration);
        }
        if (job.plan.rerun() && job.id < FIRST_RERUN) {
            rerun(job);
        }
    }

    private void rerun(Job job) {
        JobPlan plan = job.plan;
        JobPlan again =
                new JobPlan(
                        0,
                        plan.run(),
                        plan.organization(),
                        plan.repository(),
                        plan.duration(),
                        0,
                        -1,
                        false,
                        plan.large());
        timeline.after(plan.duration() / 2, () -> create(FIRST_RERUN + reruns++, again));
    }

    /** Empty when the name is taken. */
    @Nullable Registration register(String organization, String name, List<String> labels) {
        Account account = account(organization);
        if (account.byName.containsKey(name)) {
            return null;
        }
        Registration made = new Registration(++lastRunner, organization, name, labels);
        registrations.put(made.id, made);
        account.registrations.put(made.id, made);
        account.byName.put(name, made);
        watch.registration(organization, name, true, false);
        return made;
    }

    Removal remove(long id) {
        Registration registration = registrations.get(id);
        if (registration == null) {
            return Removal.GONE;
        }
        if (registration.job != null) {
            return Removal.BUSY;
        }
        forget(registration);
        return Removal.REMOVED;
    }

    private void forget(Registration registration) {
        if (registrations.remove(registration.id) == null) {
            return;
        }
        Account account = account(registration.organization);
        account.registrations.remove(registration.id);
        account.byName.remove(registration.name);
        watch.registration(registration.organization, registration.name, false, false);
        RunnerProcess process = registration.process;
        registration.process = null;
        if (process != null) {
            process.exit();
        }
    }

    /** All jobs there ever were. */
    public List<Job> jobs() {
        return new ArrayList<>(jobs.values());
    }

    /** Whether a runner works on a job now. */
    public boolean isBusy(long registrationId) {
        Registration registration = registrations.get(registrationId);
        return registration != null && registration.job != null;
    }

    List<String> organizations() {
        return List.copyOf(accounts.keySet());
    }

    @Nullable Job job(long id) {
        return jobs.get(id);
    }

    @Nullable Registration registration(long id) {
        return registrations.get(id);
    }

    Account account(String organization) {
        return accounts.computeIfAbsent(organization, _ -> new Account());
    }

    Timeline timeline() {
        return timeline;
    }
}
