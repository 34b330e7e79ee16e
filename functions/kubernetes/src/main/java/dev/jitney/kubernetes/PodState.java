package dev.jitney.kubernetes;

import dev.jitney.core.reconcile.NodeSeen;
import dev.jitney.core.reconcile.PodCourse;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A runner pod as Kubernetes showed it at one moment.
 *
 * @param runner name of the runner and of the pod
 * @param organization login in lower case; empty if somebody removed the label
 * @param runnerClass name of the class; empty if somebody removed the label
 * @param jobId job the runner was granted for; 0 if the label is missing or no number
 * @param repository full name of the job's repository; empty if somebody removed the annotation
 * @param uid tells a pod from an earlier one of the same name
 * @param runnerId id of the registration on GHES; 0 if the annotation is missing or no number
 * @param deleting whether the pod was asked to stop
 * @param createdAt by the clock of the API server, in whole seconds
 * @param reportedTrouble see {@link #trouble()}
 * @param stopped its containers have all ended although the pod is not gone
 * @param course how far it has come, and since when
 * @param jobCreatedAt when GitHub created the job the runner was granted for; empty if the
 *     annotation is missing or no time
 * @param node the node it is on; empty while it has none
 */
public record PodState(
        String runner,
        String organization,
        String runnerClass,
        long jobId,
        String repository,
        String uid,
        long runnerId,
        PodPhase phase,
        boolean deleting,
        Instant createdAt,
        @Nullable Trouble reportedTrouble,
        boolean stopped,
        PodCourse course,
        Optional<Instant> jobCreatedAt,
        String node) {

    /** A pod with nothing odd about it. */
    public PodState(
            String runner,
            String organization,
            String runnerClass,
            long jobId,
            String repository,
            String uid,
            long runnerId,
            PodPhase phase,
            boolean deleting,
            Instant createdAt,
            @Nullable Trouble reportedTrouble) {
        this(
                runner,
                organization,
                runnerClass,
                jobId,
                repository,
                uid,
                runnerId,
                phase,
                deleting,
                createdAt,
                reportedTrouble,
                phase.isTerminal(),
                PodCourse.ordinary(phase.isTerminal(), createdAt),
                Optional.empty(),
                "");
    }

    static PodState of(Pod pod) {
        ObjectMeta metadata = pod.getMetadata();
        String node = pod.getSpec() == null ? null : pod.getSpec().getNodeName();
        return new PodState(
                metadata.getName(),
                RunnerLabels.organization(metadata),
                RunnerLabels.runnerClass(metadata),
                RunnerLabels.jobId(metadata),
                RunnerLabels.repository(metadata),
                metadata.getUid(),
                RunnerLabels.runnerId(metadata),
                PodPhase.of(pod.getStatus() == null ? null : pod.getStatus().getPhase()),
                metadata.getDeletionTimestamp() != null,
                Instant.parse(metadata.getCreationTimestamp()),
                Trouble.of(pod).orElse(null),
                PodStages.hasStopped(pod),
                PodStages.of(pod),
                RunnerLabels.jobCreatedAt(metadata),
                node == null ? "" : node);
    }

    /** The same pod, with what is known of its node. */
    PodState on(NodeSeen seen) {
        return new PodState(
                runner,
                organization,
                runnerClass,
                jobId,
                repository,
                uid,
                runnerId,
                phase,
                deleting,
                createdAt,
                reportedTrouble,
                stopped,
                course.on(seen),
                jobCreatedAt,
                node);
    }

    /**
     * Whether the pod has ended for good: it no longer counts as a runner. True also of one that is
     * held back in its deletion by something else than its containers.
     */
    public boolean terminal() {
        return phase.isTerminal() || stopped;
    }

    /** Why the pod does not run, or how it ended, if not in the ordinary way. */
    public Optional<Trouble> trouble() {
        return Optional.ofNullable(reportedTrouble);
    }
}
