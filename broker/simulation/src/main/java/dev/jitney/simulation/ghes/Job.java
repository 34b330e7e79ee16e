package dev.jitney.simulation.ghes;

import dev.jitney.ghes.JobStatus;
import dev.jitney.ghes.WorkflowJob;
import dev.jitney.simulation.engine.Nanos;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One job on the server. */
public final class Job {
    /** What most jobs of the load ask for, and what large ones do. */
    private static final List<String> LABELS = List.of("code-linux");

    private static final List<String> LARGE = List.of("code-linux", "large");

    final long id;
    final Run run;
    final JobPlan plan;
    final long createdAt;
    JobStatus status = JobStatus.WAITING;
    @Nullable String conclusion;
    long runnerId;
    String runnerName = "";
    int runs;
    long queuedAt = -1;
    long startedAt = -1;
    long endedAt = -1;

    /** The jobs of one push. */
    static final class Run {
        final long id;
        final String organization;
        final String repository;
        final long createdAt;
        final List<Job> jobs = new ArrayList<>();

        Run(long id, JobPlan plan, long createdAt) {
            this.id = id;
            this.organization = plan.organization();
            this.repository = plan.repository();
            this.createdAt = createdAt;
        }

        boolean isOver() {
            return jobs.stream().allMatch(job -> job.status == JobStatus.COMPLETED);
        }

        boolean isBegun() {
            return jobs.stream()
                    .anyMatch(
                            job ->
                                    job.status == JobStatus.IN_PROGRESS
                                            || job.status == JobStatus.COMPLETED);
        }
    }

    Job(long id, Run run, JobPlan plan, long createdAt) {
        this.id = id;
        this.run = run;
        this.plan = plan;
        this.createdAt = createdAt;
    }

    public long id() {
        return id;
    }

    public String organization() {
        return run.organization;
    }

    public String repository() {
        return run.repository;
    }

    public long runId() {
        return run.id;
    }

    public long runnerId() {
        return runnerId;
    }

    public String runnerName() {
        return runnerName;
    }

    public JobStatus status() {
        return status;
    }

    public Optional<String> conclusion() {
        return Optional.ofNullable(conclusion);
    }

    public List<String> labels() {
        return plan.large() ? LARGE : LABELS;
    }

    /** Whole seconds, as GitHub writes times. */
    public Instant created() {
        return Nanos.instant(createdAt).truncatedTo(ChronoUnit.SECONDS);
    }

    /** How long it wanted a runner, in nanoseconds; negative if it never got one. */
    public long waited() {
        return startedAt < 0 ? -1 : startedAt - queuedAt;
    }

    /** How long it worked on its runner until a moment, in nanoseconds; 0 if it never got one. */
    public long workedUntil(long moment) {
        return startedAt < 0
                ? 0
                : Math.max(0, Math.min(endedAt < 0 ? moment : endedAt, moment) - startedAt);
    }

    public boolean isCancelled() {
        return "cancelled".equals(conclusion);
    }

    /** Since when it wants a runner, in virtual nanoseconds; negative before. */
    public long queuedAt() {
        return queuedAt;
    }

    /** How many runners took it. */
    public int runs() {
        return runs;
    }

    public long createdAt() {
        return createdAt;
    }

    WorkflowJob seen() {
        return new WorkflowJob(
                id,
                run.id,
                "build",
                status,
                conclusion(),
                labels(),
                runnerId == 0 ? OptionalLong.empty() : OptionalLong.of(runnerId),
                runnerName.isEmpty() ? Optional.empty() : Optional.of(runnerName),
                created());
    }
}
