package dev.jitney.simulation.kubernetes;

import dev.jitney.core.reconcile.NodeSeen;
import dev.jitney.core.reconcile.PodCourse;
import dev.jitney.core.reconcile.PodStage;
import dev.jitney.kubernetes.PodPhase;
import dev.jitney.kubernetes.PodState;
import dev.jitney.kubernetes.RunnerPodSpec;
import dev.jitney.kubernetes.Trouble;
import dev.jitney.simulation.engine.Nanos;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One pod. */
final class PodTwin {
    final RunnerPodSpec spec;
    final String uid;
    final int node;
    final long createdAt;
    long runnerId;
    PodPhase phase = PodPhase.PENDING;
    boolean deleting;
    boolean scheduled;
    boolean gone;
    boolean lost;
    NodeSeen nodeSeen = NodeSeen.UNKNOWN;
    long connectedAs;
    long deletionDue;
    private PodStage stage = PodStage.STARTING;
    private long since;
    @Nullable Trouble trouble;

    PodTwin(RunnerPodSpec spec, String uid, int node, long createdAt) {
        this.spec = spec;
        this.uid = uid;
        this.node = node;
        this.createdAt = createdAt;
        this.since = createdAt;
        this.runnerId = spec.runnerId();
    }

    boolean isLive() {
        return !gone && !phase.isTerminal();
    }

    /** It came into another stage. */
    void reached(PodStage next, long now) {
        stage = next;
        since = now;
    }

    PodState seen() {
        return new PodState(
                spec.runner(),
                spec.organization(),
                spec.runnerClass(),
                spec.jobId(),
                spec.repository(),
                uid,
                runnerId,
                phase,
                deleting,
                seconds(createdAt),
                trouble,
                phase.isTerminal(),
                new PodCourse(
                        stage,
                        seconds(since),
                        deleting ? Optional.of(seconds(deletionDue)) : Optional.empty(),
                        nodeSeen),
                spec.jobCreatedAt(),
                "node-" + node);
    }

    private static Instant seconds(long nanos) {
        return Nanos.instant(nanos).truncatedTo(ChronoUnit.SECONDS);
    }
}
