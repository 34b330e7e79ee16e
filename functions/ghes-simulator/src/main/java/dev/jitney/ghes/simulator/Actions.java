package dev.jitney.ghes.simulator;

import dev.jitney.ghes.simulator.Jobs.Job;
import dev.jitney.ghes.simulator.Jobs.State;
import dev.jitney.ghes.simulator.Organizations.Repository;
import dev.jitney.ghes.simulator.Runners.Poll;
import dev.jitney.ghes.simulator.Runners.Registration;
import dev.jitney.ghes.simulator.Runners.Turn;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Moves jobs and runners on, and tells the webhooks and the observer. Event loop only. */
final class Actions {

    /** Virtual time after which GitHub fails the job of a runner it does not hear from. */
    private static final Duration RUNNER_LOST_AFTER = Duration.ofMinutes(10);

    /** Real time a runner has at least to report the end of its job, at any speed. */
    private static final Duration REPORT_WITHIN = Duration.ofSeconds(2);

    private static final Duration CANCEL_WITHIN = Duration.ofMinutes(2);

    final Organizations organizations = new Organizations();
    final Jobs jobs = new Jobs();
    final Runners runners = new Runners();
    private final GhesSimulatorConfig config;
    private final Timing timing;
    private final Dice dice;
    private final Webhooks webhooks;

    Actions(GhesSimulatorConfig config, Timing timing, Dice dice, Webhooks webhooks) {
        this.config = config;
        this.timing = timing;
        this.dice = dice;
        this.webhooks = webhooks;
    }

    /** Makes one run of jobs that share a repository. */
    List<Job> queue(List<JobOrder> orders) {
        JobOrder first = orders.getFirst();
        Repository repository =
                organizations.repository(first.organization(), first.repository(), timing.now());
        Jobs.Run run = jobs.newRun(repository, timing.now());
        // The whole run exists before the first of its jobs is told of.
        List<Job> made =
                orders.stream()
                        .map(order -> jobs.newJob(run, order, State.WAITING, timing.now()))
                        .toList();
        made.forEach(this::announce);
        return made;
    }

    private void announce(Job job) {
        config.observer().jobQueued(job.id, job.organization());
        if (job.order.gate().isZero()) {
            enqueue(job);
            return;
        }
        webhooks.send(job, "waiting");
        timing.after(timing.real(job.order.gate()), () -> enqueue(job));
    }

    private void enqueue(Job job) {
        if (job.state != State.WAITING) return;
        jobs.move(job, State.QUEUED);
        webhooks.send(job, "queued");
        if (dice.happens(config.faults().cancelWhileQueued(), "cancel", job.id)) {
            double share = dice.share("cancel after", job.id);
            Duration after = Duration.ofMillis((long) (CANCEL_WITHIN.toMillis() * share));
            timing.after(timing.real(after), () -> cancelQueued(job));
        }
        boolean swap = dice.happens(config.faults().runnerSwap(), "swap job", job.id);
        Assignment.forJob(
                        job.queued,
                        runners.of(job.organization()).stream()
                                .filter(Registration::isIdle)
                                .map(registration -> registration.runner),
                        swap)
                .flatMap(runner -> runners.find(runner.id()))
                .ifPresent(registration -> start(job, registration));
    }

    /** Cancels a job that has not ended. Returns whether there was one. */
    boolean cancel(long jobId) {
        Optional<Job> found = jobs.find(jobId).filter(job -> job.state != State.COMPLETED);
        found.ifPresent(job -> end(job, "cancelled"));
        return found.isPresent();
    }

    private void cancelQueued(Job job) {
        if (job.state == State.QUEUED) end(job, "cancelled");
    }

    Registration register(
            String organization, String name, List<String> labels, long groupId, String key) {
        Registration made = runners.register(organization, name, labels, groupId, key);
        config.observer().runnerRegistered(organization, name);
        return made;
    }

    /** Removes an idle or offline registration; a busy one is the caller's to refuse. */
    void remove(Registration registration) {
        runners.remove(registration);
        config.observer().runnerRemoved(registration.organization, registration.runner.name());
    }

    /** A runner asks for its job; the question stays open until there is an answer. */
    void poll(Registration registration, Poll poll) {
        registration.lastSeen = timing.exactly();
        registration.tell(new Turn.Nothing());
        registration.poll = poll;
        if (registration.job != null) {
            // The earlier answer was lost on its way.
            registration.tell(new Turn.Run(registration.job));
            return;
        }
        boolean swap = dice.happens(config.faults().runnerSwap(), "swap", registration.runner.id());
        Assignment.forRunner(
                        registration.runner,
                        jobs.queued(registration.organization).values().stream()
                                .map(job -> job.queued),
                        swap)
                .flatMap(queued -> jobs.find(queued.id()))
                .ifPresent(job -> start(job, registration));
    }

    private void start(Job job, Registration registration) {
        registration.job = job;
        job.runnerId = registration.runner.id();
        job.runnerName = registration.runner.name();
        job.startedAt = timing.now();
        jobs.move(job, State.IN_PROGRESS);
        config.observer().jobStarted(job.id, job.runnerName);
        webhooks.send(job, "in_progress");
        registration.tell(new Turn.Run(job));
        Duration patience = timing.real(RUNNER_LOST_AFTER);
        Duration grace = patience.compareTo(REPORT_WITHIN) < 0 ? REPORT_WITHIN : patience;
        timing.after(timing.real(job.order.duration()).plus(grace), () -> lose(job, registration));
    }

    /** The runner did not report in time: the job fails, its registration stays behind offline. */
    private void lose(Job job, Registration registration) {
        if (job.state != State.IN_PROGRESS) return;
        registration.job = null;
        runners.lose(registration);
        end(job, "failure");
    }

    /** The runner reports the end of its job. Empty if it has none. */
    OptionalLong done(Registration registration) {
        Job job = registration.job;
        if (job == null) return OptionalLong.empty();
        end(job, job.order.succeeds() ? "success" : "failure");
        return OptionalLong.of(job.id);
    }

    private void end(Job job, String conclusion) {
        job.conclusion = conclusion;
        job.completedAt = timing.now();
        jobs.move(job, State.COMPLETED);
        config.observer().jobCompleted(job.id, conclusion);
        webhooks.send(job, "completed");
        // An ephemeral registration ends with its job.
        runners.find(job.runnerId)
                .filter(registration -> registration.job == job)
                .ifPresent(this::remove);
    }
}
