package dev.jitney.reconciler;

import dev.jitney.core.Organization;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.RunnerName;
import dev.jitney.core.reconcile.LiveRunner;
import dev.jitney.core.reconcile.LiveRunner.Progress;
import dev.jitney.ghes.Ghes;
import dev.jitney.ghes.GhesException;
import dev.jitney.ghes.JobStatus;
import dev.jitney.ghes.WorkflowJob;
import dev.jitney.kubernetes.PodState;
import dev.jitney.kubernetes.RunnerPods;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Finds out from pod and GitHub what a runner is about. The pod alone is enough to count it; what
 * GitHub says only spares detours.
 */
public final class LiveRunners {
    private static final Logger LOG = Logger.getLogger(LiveRunners.class);

    private final Ghes ghes;
    private final RunnerPods pods;

    public LiveRunners(Ghes ghes, RunnerPods pods) {
        this.ghes = ghes;
        this.pods = pods;
    }

    /**
     * What is known of a pod's runner.
     *
     * @return empty when the pod has ended, or its labels do not say whose it is: it cannot be
     *     counted for anybody then
     */
    Optional<LiveRunner> of(PodState pod) {
        if (pod.terminal() || pod.organization().isBlank() || pod.runnerClass().isBlank()) {
            return Optional.empty();
        }
        RunnerClassName runnerClass = new RunnerClassName(pod.runnerClass());
        return RunnerName.parse(pod.runner())
                .flatMap(
                        runner ->
                                runner.origin(runnerClass)
                                        .map(origin -> found(pod, runner, runnerClass, origin)));
    }

    private LiveRunner found(
            PodState pod,
            RunnerName runner,
            RunnerClassName runnerClass,
            RunnerName.Origin origin) {
        Optional<WorkflowJob> job = Optional.empty();
        Progress progress = Progress.UNNEEDED;
        if (!pod.deleting()) {
            try {
                job = ghes.job(pod.repository(), origin.job().value());
                progress = progress(pod, job);
            } catch (GhesException e) {
                LOG.infof("counted without GitHub runner=%s cause=%s", runner, e.getMessage());
                progress = made(pod) ? Progress.MAY_TAKE_ONE : Progress.UNMADE;
            }
        }
        return new LiveRunner(
                runner,
                new Organization(pod.organization()),
                runnerClass,
                origin.job(),
                origin.generation(),
                pod.repository(),
                job.map(WorkflowJob::createdAt).orElse(pod.createdAt()),
                progress);
    }

    private Progress progress(PodState pod, Optional<WorkflowJob> job) {
        JobStatus status = job.map(WorkflowJob::status).orElse(JobStatus.COMPLETED);
        return switch (status) {
            case COMPLETED -> Progress.UNNEEDED;
            case IN_PROGRESS ->
                    job.flatMap(WorkflowJob::runnerName).filter(pod.runner()::equals).isPresent()
                            ? Progress.RUNS_ITS_JOB
                            : Progress.UNNEEDED;
            case QUEUED, WAITING, REQUESTED, PENDING, UNKNOWN ->
                    made(pod) ? Progress.MAY_TAKE_ONE : Progress.UNMADE;
        };
    }

    private boolean made(PodState pod) {
        return pods.hasSecret(pod.runner());
    }
}
