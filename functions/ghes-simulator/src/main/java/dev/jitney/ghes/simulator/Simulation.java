package dev.jitney.ghes.simulator;

import dev.jitney.ghes.simulator.Jobs.Job;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** What can be asked of the simulator itself. Event loop only. */
final class Simulation {
    private final Actions actions;
    private final Timing timing;
    private final Webhooks webhooks;
    private final RestApp app;
    private long scheduled;

    Simulation(Actions actions, Timing timing, Webhooks webhooks, RestApp app) {
        this.actions = actions;
        this.timing = timing;
        this.webhooks = webhooks;
        this.app = app;
    }

    /** Starts a load beside those that run already; its organizations exist at once. */
    void load(LoadProfile profile) {
        for (int rank = 1; rank <= profile.organizations(); rank++) {
            createOrganization(Load.organization(rank), List.of("repo-1"));
        }
        List<Load.Arrival> arrivals = Load.arrivals(profile);
        scheduled += profile.jobs();
        release(new ArrayDeque<>(arrivals), Duration.ZERO);
    }

    private void release(Queue<Load.Arrival> left, Duration now) {
        Load.Arrival next = left.peek();
        while (next != null && next.at().compareTo(now) <= 0) {
            left.remove();
            scheduled -= next.jobs().size();
            queue(next.jobs());
            next = left.peek();
        }
        if (next == null) return;
        Duration due = next.at();
        timing.after(timing.real(due.minus(now)), () -> release(left, due));
    }

    List<Long> queue(List<JobOrder> run) {
        return actions.queue(run).stream().map(job -> job.id).toList();
    }

    void lose(boolean all) {
        webhooks.lose(all);
    }

    void revokeTokens() {
        app.revokeTokens();
    }

    boolean cancel(long jobId) {
        return actions.cancel(jobId);
    }

    void createOrganization(String login, List<String> repositories) {
        actions.organizations.create(login, repositories, timing.now());
    }

    /** The jobs after an id, by id, at most {@code limit}. */
    List<Job> jobs(long after, int limit) {
        return actions.jobs.after(after).stream().limit(limit).toList();
    }

    /** Sends no more webhooks; what is under way breaks off with the server. */
    void stop() {
        webhooks.stop();
    }

    SimulatorState state() {
        long waiting = 0;
        long queued = 0;
        long inProgress = 0;
        long completed = 0;
        long cancelled = 0;
        for (Job job : actions.jobs.all()) {
            switch (job.state) {
                case WAITING -> waiting++;
                case QUEUED -> queued++;
                case IN_PROGRESS -> inProgress++;
                case COMPLETED -> {
                    if (job.isCancelled()) cancelled++;
                    else completed++;
                }
            }
        }
        Webhooks.Counts deliveries = webhooks.counts();
        return new SimulatorState(
                scheduled,
                waiting,
                queued,
                inProgress,
                completed,
                cancelled,
                actions.runners.count(),
                deliveries.sent(),
                deliveries.accepted(),
                deliveries.failed(),
                deliveries.lost(),
                deliveries.pending());
    }
}
