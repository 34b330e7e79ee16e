package dev.jitney.simulation.ghes;

import dev.jitney.ghes.Ghes;
import dev.jitney.ghes.GhesRefused;
import dev.jitney.ghes.GhesUnavailable;
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
import dev.jitney.simulation.engine.Chaos;
import dev.jitney.simulation.engine.Fault;
import dev.jitney.simulation.engine.FunctionProcess;
import dev.jitney.simulation.engine.Nanos;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The server as one process reaches it. */
public final class SimulatedGhes implements Ghes {
    private static final long SHORTEST = 15 * Nanos.MILLI;
    private static final long LONGEST = 900 * Nanos.MILLI;
    private static final long DEADLINE = 5 * Nanos.SECOND;
    private static final long LIST_AGE_MAX = Nanos.MINUTE;

    private final FunctionProcess process;
    private final GhesTwin twin;
    private final Map<String, Boolean> groups = new TreeMap<>();

    public SimulatedGhes(FunctionProcess process, GhesTwin twin) {
        this.process = process;
        this.twin = twin;
    }

    @Override
    public JitRunner generateJitConfig(String organization, JitRequest request) {
        return call(
                "POST generate-jitconfig",
                () -> {
                    Registration made =
                            twin.register(organization, request.name(), request.labels());
                    if (made == null) {
                        throw new RunnerNameTaken(request.name());
                    }
                    return new JitRunner(made.id, made.name, Long.toString(made.id));
                });
    }

    @Override
    public Optional<Runner> runner(String organization, long runnerId) {
        return call(
                "GET runner",
                () -> Optional.ofNullable(twin.registration(runnerId)).map(Registration::seen));
    }

    @Override
    public Optional<Runner> runnerNamed(String organization, String name) {
        return runners(organization).stream().filter(each -> each.name().equals(name)).findFirst();
    }

    @Override
    public List<Runner> runners(String organization) {
        return call(
                "GET runners",
                () -> {
                    GhesTwin.Account account = twin.account(organization);
                    long now = twin.timeline().now();
                    boolean stale =
                            now - account.listedAt < LIST_AGE_MAX
                                    && process.chaos().strikes(Fault.GHES_STALE_LIST);
                    if (!stale) {
                        account.listed =
                                account.registrations.values().stream()
                                        .map(Registration::seen)
                                        .toList();
                        account.listedAt = now;
                    }
                    return account.listed;
                });
    }

    @Override
    public Removal removeRunner(String organization, long runnerId) {
        return call("DELETE runner", () -> twin.remove(runnerId));
    }

    @Override
    public Optional<WorkflowJob> job(String repository, long jobId) {
        return call(
                "GET job",
                () ->
                        twin.isHidden(repository)
                                ? Optional.empty()
                                : Optional.ofNullable(twin.job(jobId)).map(Job::seen));
    }

    @Override
    public boolean shows(String repository) {
        return call("GET runs", () -> !twin.isHidden(repository));
    }

    @Override
    public List<WorkflowRun> runs(String repository, RunStatus status, int page) {
        return call(
                "GET runs",
                () ->
                        active(repository).values().stream()
                                .filter(run -> status(run) == status)
                                .map(
                                        run ->
                                                new WorkflowRun(
                                                        run.id,
                                                        status.name(),
                                                        Nanos.instant(run.createdAt)))
                                .toList()
                                .reversed()
                                .stream()
                                .skip(100L * (page - 1))
                                .limit(100)
                                .toList());
    }

    private static RunStatus status(Job.Run run) {
        if (run.isBegun()) {
            return RunStatus.IN_PROGRESS;
        }
        boolean queued = run.jobs.stream().anyMatch(job -> job.status == JobStatus.QUEUED);
        return queued ? RunStatus.QUEUED : RunStatus.WAITING;
    }

    @Override
    public List<WorkflowJob> jobs(String repository, long runId) {
        return call(
                "GET jobs",
                () -> {
                    Job.Run run = active(repository).get(runId);
                    return run == null ? List.of() : run.jobs.stream().map(Job::seen).toList();
                });
    }

    private SortedMap<Long, Job.Run> active(String repository) {
        if (twin.isHidden(repository)) {
            return new TreeMap<>();
        }
        String organization = repository.substring(0, repository.indexOf('/'));
        return twin.account(organization).active.getOrDefault(repository, new TreeMap<>());
    }

    @Override
    public List<Repository> repositories(String organization) {
        return call(
                "GET repositories",
                () ->
                        twin.account(organization).pushedAt.entrySet().stream()
                                .filter(each -> !twin.isHidden(each.getKey()))
                                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                                .map(
                                        each ->
                                                new Repository(
                                                        each.getKey(),
                                                        false,
                                                        Optional.of(
                                                                Nanos.instant(each.getValue()))))
                                .toList());
    }

    @Override
    public List<String> organizations() {
        return call("GET organizations", twin::organizations);
    }

    @Override
    public String installedVersion() {
        return "3.14.0";
    }

    @Override
    public long defaultRunnerGroup(String organization) {
        if (groups.containsKey(organization)) {
            return 1;
        }
        long group = call("GET runner groups", () -> 1L);
        groups.put(organization, true);
        return group;
    }

    @Override
    public long runnerGroupNamed(String organization, String name) {
        return defaultRunnerGroup(organization);
    }

    private <T> T call(String what, Supplier<T> effect) {
        process.travel(SHORTEST, LONGEST);
        Chaos chaos = process.chaos();
        if (chaos.strikes(Fault.GHES_ERROR)) {
            throw new GhesUnavailable(what + ": 503", Optional.empty());
        }
        if (chaos.strikes(Fault.GHES_LIMITED)) {
            long seconds = chaos.dice(Fault.GHES_LIMITED).between(1, 60);
            throw new GhesUnavailable(what + ": 429", Optional.of(Duration.ofSeconds(seconds)));
        }
        if (chaos.strikes(Fault.GHES_FORBIDDEN)) {
            throw new GhesRefused(what + ": 403", 403);
        }
        if (chaos.strikes(Fault.GHES_TIMEOUT)) {
            var _ = effect.get();
            process.sleep(DEADLINE);
            throw new GhesUnavailable(what + ": no answer", Optional.empty());
        }
        return effect.get();
    }
}
