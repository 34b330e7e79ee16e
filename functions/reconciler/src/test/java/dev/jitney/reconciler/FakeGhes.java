package dev.jitney.reconciler;

import dev.jitney.ghes.Ghes;
import dev.jitney.ghes.GhesUnavailable;
import dev.jitney.ghes.JitRequest;
import dev.jitney.ghes.JitRunner;
import dev.jitney.ghes.JobStatus;
import dev.jitney.ghes.Removal;
import dev.jitney.ghes.Repository;
import dev.jitney.ghes.RunStatus;
import dev.jitney.ghes.Runner;
import dev.jitney.ghes.WorkflowJob;
import dev.jitney.ghes.WorkflowRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What the reconciler reads of GitHub; it counts the calls. A run has one job, with its own id. */
final class FakeGhes implements Ghes {
    final Map<Long, WorkflowJob> jobs = new TreeMap<>();
    final List<Repository> repositories = new ArrayList<>();
    final List<Runner> runners = new ArrayList<>();
    final List<String> organizations = new ArrayList<>();
    final List<String> unreadable = new ArrayList<>();

    /** Repositories that answer 404. */
    final List<String> hidden = new ArrayList<>();

    /** Repositories whose runs nobody survives. */
    final List<String> deadly = new ArrayList<>();

    /** Repositories that were asked for their runs. */
    final List<String> asked = new ArrayList<>();

    int calls;

    void has(long id, JobStatus status, Instant createdAt, String... labels) {
        jobs.put(
                id,
                new WorkflowJob(
                        id,
                        id,
                        "build",
                        status,
                        Optional.empty(),
                        List.of(labels),
                        OptionalLong.empty(),
                        Optional.empty(),
                        createdAt));
    }

    void runsOn(long id, String runner) {
        WorkflowJob job = Objects.requireNonNull(jobs.get(id));
        jobs.put(
                id,
                new WorkflowJob(
                        id,
                        job.runId(),
                        job.name(),
                        job.status(),
                        job.conclusion(),
                        job.labels(),
                        OptionalLong.of(1),
                        Optional.of(runner),
                        job.createdAt()));
    }

    /** Makes a job one of the run of another job. */
    void inRun(long id, long run) {
        WorkflowJob job = Objects.requireNonNull(jobs.get(id));
        jobs.put(
                id,
                new WorkflowJob(
                        id,
                        run,
                        job.name(),
                        job.status(),
                        job.conclusion(),
                        job.labels(),
                        job.runnerId(),
                        job.runnerName(),
                        job.createdAt()));
    }

    @Override
    public Optional<WorkflowJob> job(String repository, long jobId) {
        calls++;
        return Optional.ofNullable(jobs.get(jobId));
    }

    @Override
    public boolean shows(String repository) {
        calls++;
        return !hidden.contains(repository);
    }

    @Override
    public List<WorkflowRun> runs(String repository, RunStatus status, int page) {
        calls++;
        if (deadly.contains(repository)) {
            throw new AssertionError("the process is killed");
        }
        asked.add(repository);
        return jobs.values().stream()
                .filter(job -> job.status().name().equals(status.name()))
                .sorted(Comparator.comparingLong((WorkflowJob job) -> -job.runId()))
                .skip(100L * (page - 1))
                .limit(100)
                .map(job -> new WorkflowRun(job.runId(), status.name(), job.createdAt()))
                .toList();
    }

    @Override
    public List<WorkflowJob> jobs(String repository, long runId) {
        calls++;
        return jobs.values().stream().filter(job -> job.runId() == runId).toList();
    }

    @Override
    public List<Repository> repositories(String organization) {
        calls++;
        if (unreadable.contains(organization)) {
            throw new GhesUnavailable("unreadable", Optional.empty());
        }
        return List.copyOf(repositories);
    }

    @Override
    public List<Runner> runners(String organization) {
        calls++;
        return List.copyOf(runners);
    }

    @Override
    public Removal removeRunner(String organization, long runnerId) {
        return runners.removeIf(each -> each.id() == runnerId) ? Removal.REMOVED : Removal.GONE;
    }

    @Override
    public JitRunner generateJitConfig(String organization, JitRequest request) {
        throw notAsked();
    }

    @Override
    public Optional<Runner> runner(String organization, long runnerId) {
        throw notAsked();
    }

    @Override
    public Optional<Runner> runnerNamed(String organization, String name) {
        calls++;
        return runners.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    @Override
    public List<String> organizations() {
        calls++;
        return List.copyOf(organizations);
    }

    @Override
    public String installedVersion() {
        throw notAsked();
    }

    @Override
    public long defaultRunnerGroup(String organization) {
        throw notAsked();
    }

    @Override
    public long runnerGroupNamed(String organization, String name) {
        throw notAsked();
    }

    private static GhesUnavailable notAsked() {
        return new GhesUnavailable("no test expects this call", Optional.empty());
    }
}
