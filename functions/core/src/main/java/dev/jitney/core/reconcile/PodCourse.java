package dev.jitney.core.reconcile;

import java.time.Instant;
import java.util.Optional;

/**
 * Where a pod stands in its life.
 *
 * @param since when it came into that stage, as nearly as Kubernetes says, in whole seconds
 * @param deletionDue when a deletion should have been over, the grace period included; empty for a
 *     pod that nobody deletes
 */
public record PodCourse(
        PodStage stage, Instant since, Optional<Instant> deletionDue, NodeSeen node) {

    /** Of a pod with nothing odd about it: it runs, or has ended. */
    public static PodCourse ordinary(boolean ended, Instant since) {
        return new PodCourse(
                ended ? PodStage.ENDED : PodStage.RUNNING,
                since,
                Optional.empty(),
                NodeSeen.UNKNOWN);
    }

    public PodCourse on(NodeSeen seen) {
        return new PodCourse(stage, since, deletionDue, seen);
    }
}
