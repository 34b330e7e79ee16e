package dev.jitney.simulation.kubernetes;

import dev.jitney.kubernetes.PodPhase;
import dev.jitney.kubernetes.PodState;
import dev.jitney.kubernetes.RunnerPodSpec;
import dev.jitney.kubernetes.Trouble;
import dev.jitney.simulation.engine.Nanos;
import java.time.temporal.ChronoUnit;
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
    long connectedAs;
    @Nullable Trouble trouble;

    PodTwin(RunnerPodSpec spec, String uid, int node, long createdAt) {
        this.spec = spec;
        this.uid = uid;
        this.node = node;
        this.createdAt = createdAt;
        this.runnerId = spec.runnerId();
    }

    boolean isLive() {
        return !gone && !phase.isTerminal();
    }

    PodState seen() {
        return new PodState(
                spec.runner(),
                spec.organization(),
                spec.runnerClass(),
                spec.jobId(),
                uid,
                runnerId,
                phase,
                deleting,
                Nanos.instant(createdAt).truncatedTo(ChronoUnit.SECONDS),
                trouble);
    }
}
