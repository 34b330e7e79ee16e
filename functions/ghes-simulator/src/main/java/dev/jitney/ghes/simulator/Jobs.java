package dev.jitney.ghes.simulator;

import dev.jitney.ghes.simulator.Organizations.Repository;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All jobs and runs since the start, and the queued ones of each organization by age. */
final class Jobs {

    enum State {
        WAITING("waiting"),
        QUEUED("queued"),
        IN_PROGRESS("in_progress"),
        COMPLETED("completed");

        final String value;

        State(String value) {
            this.value = value;
        }
    }

    /** A run: what one push makes. */
    static final class Run {
        final long id;
        final long number;
        final Repository repository;
        final Instant createdAt;
        final List<Job> jobs = new ArrayList<>();

        Run(long id, long number, Repository repository, Instant createdAt) {
            this.id = id;
            this.number = number;
            this.repository = repository;
            this.createdAt = createdAt;
        }

        String status() {
            if (all(State.COMPLETED)) return "completed";
            if (any(State.IN_PROGRESS) || any(State.COMPLETED)) return "in_progress";
            return any(State.QUEUED) ? "queued" : "waiting";
        }

        @Nullable String conclusion() {
            if (!all(State.COMPLETED)) return null;
            for (String worst : List.of("failure", "cancelled")) {
                if (jobs.stream().anyMatch(job -> worst.equals(job.conclusion))) return worst;
            }
            return "success";
        }

        private boolean all(State state) {
            return jobs.stream().allMatch(job -> job.state == state);
        }

        private boolean any(State state) {
            return jobs.stream().anyMatch(job -> job.state == state);
        }
    }

    /** One job. Only {@link Actions} moves it on. */
    static final class Job {
        final long id;
        final Run run;
        final JobOrder order;
        final Instant createdAt;
        final Assignment.QueuedJob queued;
        State state;
        @Nullable Instant startedAt;
        @Nullable Instant completedAt;
        @Nullable String conclusion;

        /** The runner that took it; stays known after the registration is gone. */
        long runnerId;

        String runnerName = "";

        Job(long id, Run run, JobOrder order, State state, Instant createdAt) {
            this.id = id;
            this.run = run;
            this.order = order;
            this.state = state;
            this.createdAt = createdAt;
            this.queued = new Assignment.QueuedJob(id, Assignment.labels(order.labels()));
        }

        String organization() {
            return run.repository.organization.key();
        }

        boolean isCancelled() {
            return "cancelled".equals(conclusion);
        }
    }

    private final TreeMap<Long, Job> all = new TreeMap<>();
    private final Map<String, TreeMap<Long, Job>> queued = new HashMap<>();
    private long lastJobId = 100_000;
    private long lastRunId = 50_000;

    Run newRun(Repository repository, Instant now) {
        var run = new Run(++lastRunId, repository.runs.size() + 1L, repository, now);
        repository.runs.put(run.id, run);
        repository.active.put(run.id, run);
        repository.pushedAt = now;
        return run;
    }

    Job newJob(Run run, JobOrder order, State state, Instant now) {
        var job = new Job(++lastJobId, run, order, state, now);
        run.jobs.add(job);
        all.put(job.id, job);
        index(job);
        return job;
    }

    void move(Job job, State state) {
        job.state = state;
        index(job);
        if (state == State.COMPLETED && job.run.status().equals("completed")) {
            job.run.repository.active.remove(job.run.id);
        }
    }

    Optional<Job> find(long id) {
        return Optional.ofNullable(all.get(id));
    }

    /** By id, from the one after {@code id} on. */
    Collection<Job> after(long id) {
        return all.tailMap(id, false).values();
    }

    /** The queued jobs of an organization, oldest first. */
    NavigableMap<Long, Job> queued(String organization) {
        return queued.computeIfAbsent(organization, _ -> new TreeMap<>());
    }

    Collection<Job> all() {
        return all.values();
    }

    private void index(Job job) {
        NavigableMap<Long, Job> waiting = queued(job.organization());
        if (job.state == State.QUEUED) waiting.put(job.id, job);
        else waiting.remove(job.id);
    }
}
