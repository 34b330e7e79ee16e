package dev.jitney.reconciler;

import dev.jitney.core.Organization;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.RunnerName;
import dev.jitney.core.reconcile.LiveRunner;
import dev.jitney.core.reconcile.LiveRunner.Progress;
import dev.jitney.ghes.Ghes;
import dev.jitney.ghes.GhesException;
import dev.jitney.ghes.GhesUnavailable;
import dev.jitney.ghes.JobStatus;
import dev.jitney.ghes.WorkflowJob;
import dev.jitney.kubernetes.PodState;
import dev.jitney.kubernetes.RunnerPods;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Finds out from pod and GitHub what a runner is about. The pod alone is enough to count it; what
 * GitHub says only spares detours, so a GitHub that did not answer once is not asked again. One for
 * each round.
 */
public final class LiveRunners {
    private static final Logger LOG = Logger.getLogger(LiveRunners.class);

    private final Ghes ghes;
    private final RunnerPods pods;
    private volatile boolean silent;

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
        if (pod.terminal() || pod.organization().isBlank()) {
            return Optional.empty();
        }
        return RunnerName.parse(pod.runner())
                .flatMap(
                        runner ->
                                RunnerClassName.parse(pod.runnerClass())
                                        .flatMap(each -> of(pod, runner, each)));
    }

    private Optional<LiveRunner> of(PodState pod, RunnerName runner, RunnerClassName runnerClass) {
        return runner.origin(runnerClass).map(origin -> found(pod, runner, runnerClass, origin));
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
                job = silent ? Optional.empty() : ghes.job(pod.repository(), origin.job().value());
                progress = silent ? byThePodAlone(pod) : progress(pod, job);
            } catch (GhesUnavailable e) {
                silent = true;
                progress = withoutGithub(pod, e);
            } catch (GhesException e) {
                progress = withoutGithub(pod, e);
            }
        }
        return new LiveRunner(
                runner,
                new Organization(pod.organization()),
                runnerClass,
                origin.job(),
                origin.generation(),
                pod.repository(),
                job.map(WorkflowJob::createdAt).or(pod::jobCreatedAt).orElse(pod.createdAt()),
                pod.createdAt(),
                progress);
    }

    private Progress withoutGithub(PodState pod, GhesException why) {
        LOG.infof("counted without GitHub runner=%s cause=%s", pod.runner(), why.getMessage());
        return byThePodAlone(pod);
    }

    private Progress byThePodAlone(PodState pod) {
        return made(pod) ? Progress.MAY_TAKE_ONE : Progress.UNMADE;
    }

    private Progress progress(PodState pod, Optional<WorkflowJob> job) {
        JobStatus status = job.map(WorkflowJob::status).orElse(JobStatus.COMPLETED);
        return switch (status) {
            case COMPLETED -> Progress.UNNEEDED;
            case IN_PROGRESS ->
                    job.flatMap(WorkflowJob::runnerName).filter(pod.runner()::equals).isPresent()
                            ? Progress.RUNS_ITS_JOB
                            : Progress.UNNEEDED;
            case QUEUED, WAITING, REQUESTED, PENDING, UNKNOWN -> byThePodAlone(pod);
        };
    }

    private boolean made(PodState pod) {
        return pods.hasSecret(pod.runner());
    }
}
