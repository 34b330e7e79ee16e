package dev.jitney.reconciler;

import dev.jitney.ghes.Ghes;
import dev.jitney.ghes.JitRequest;
import dev.jitney.ghes.JitRunner;
import dev.jitney.ghes.JobStatus;
import dev.jitney.ghes.Removal;
import dev.jitney.ghes.Repository;
import dev.jitney.ghes.RunStatus;
import dev.jitney.ghes.Runner;
import dev.jitney.ghes.RunnerNameTaken;
import dev.jitney.ghes.WorkflowJob;
import dev.jitney.ghes.WorkflowRun;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;

/** GitHub with organizations, jobs and runners, on a clock that others move. One job a run. */
final class VirtualGhes implements Ghes {
    private final InstantSource clock;
    final TreeMap<Long, Job> jobs = new TreeMap<>();
    final Map<String, Registration> registrations = new TreeMap<>();
    final TreeSet<String> organizations = new TreeSet<>();
    int calls;
    private long lastRunner;

    /** A job as GitHub has it. */
    static final class Job {
        final long id;
        final String organization;
        final Instant createdAt;
        final Duration length;
        JobStatus status = JobStatus.QUEUED;
        Instant startedAt = Instant.MAX;
        String runner = "";

        Job(long id, String organization, Instant createdAt, Duration length) {
            this.id = id;
            this.organization = organization;
            this.createdAt = createdAt;
            this.length = length;
        }

        String repository() {
            return organization + "/app";
        }

        WorkflowJob seen() {
            return new WorkflowJob(
                    id,
                    id,
                    "build",
                    status,
                    status == JobStatus.COMPLETED ? Optional.of("success") : Optional.empty(),
                    List.of("small"),
                    runner.isEmpty() ? OptionalLong.empty() : OptionalLong.of(1),
                    runner.isEmpty() ? Optional.empty() : Optional.of(runner),
                    createdAt);
        }
    }

    /** A runner's registration. */
    static final class Registration {
        final long id;
        final String organization;
        boolean online;
        boolean busy;

        Registration(long id, String organization) {
            this.id = id;
            this.organization = organization;
        }
    }

    VirtualGhes(InstantSource clock) {
        this.clock = clock;
    }

    Optional<Job> oldestQueued(String organization) {
        return jobs.values().stream()
                .filter(job -> job.organization.equals(organization))
                .filter(job -> job.status == JobStatus.QUEUED)
                .findFirst();
    }

    private Runner seen(String name, Registration registration) {
        return new Runner(
                registration.id, name, registration.online, registration.busy, List.of("small"));
    }

    @Override
    public JitRunner generateJitConfig(String organization, JitRequest request) {
        if (registrations.containsKey(request.name())) {
            throw new RunnerNameTaken(request.name());
        }
        registrations.put(request.name(), new Registration(++lastRunner, organization));
        return new JitRunner(lastRunner, request.name(), "jit");
    }

    @Override
    public Optional<Runner> runner(String organization, long runnerId) {
        return runners(organization).stream().filter(each -> each.id() == runnerId).findFirst();
    }

    @Override
    public Optional<Runner> runnerNamed(String organization, String name) {
        calls++;
        return Optional.ofNullable(registrations.get(name)).map(each -> seen(name, each));
    }

    @Override
    public List<Runner> runners(String organization) {
        calls++;
        return registrations.entrySet().stream()
                .filter(each -> each.getValue().organization.equals(organization))
                .map(each -> seen(each.getKey(), each.getValue()))
                .toList();
    }

    @Override
    public Removal removeRunner(String organization, long runnerId) {
        var found = registrations.values().stream().filter(each -> each.id == runnerId).findFirst();
        if (found.isPresent() && found.get().busy) {
            return Removal.BUSY;
        }
        return registrations.values().removeIf(each -> each.id == runnerId)
                ? Removal.REMOVED
                : Removal.GONE;
    }

    @Override
    public Optional<WorkflowJob> job(String repository, long jobId) {
        calls++;
        return Optional.ofNullable(jobs.get(jobId)).map(Job::seen);
    }

    @Override
    public boolean shows(String repository) {
        return true;
    }

    @Override
    public List<WorkflowRun> runs(String repository, RunStatus status, int page) {
        calls++;
        return jobs.values().stream()
                .filter(job -> job.repository().equals(repository))
                .filter(job -> job.status.name().equals(status.name()))
                .sorted(Comparator.comparingLong((Job job) -> -job.id))
                .skip(100L * (page - 1))
                .limit(100)
                .map(job -> new WorkflowRun(job.id, status.name(), job.createdAt))
                .toList();
    }

    @Override
    public List<WorkflowJob> jobs(String repository, long runId) {
        calls++;
        return Optional.ofNullable(jobs.get(runId)).map(Job::seen).stream().toList();
    }

    @Override
    public List<Repository> repositories(String organization) {
        calls++;
        return List.of(new Repository(organization + "/app", false, Optional.of(clock.instant())));
    }

    @Override
    public List<String> organizations() {
        calls++;
        return List.copyOf(organizations);
    }

    @Override
    public String installedVersion() {
        return "3.14.0";
    }

    @Override
    public long defaultRunnerGroup(String organization) {
        return 1;
    }

    @Override
    public long runnerGroupNamed(String organization, String name) {
        return 1;
    }
}
