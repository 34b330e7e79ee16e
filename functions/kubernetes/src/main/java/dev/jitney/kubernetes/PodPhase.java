package dev.jitney.kubernetes;

import org.jspecify.annotations.Nullable;

/** Where a pod is in its life, in the words of Kubernetes. */
public enum PodPhase {
    PENDING,
    RUNNING,
    SUCCEEDED,
    FAILED,
    UNKNOWN;

    /** Whether the pod has ended for good and holds nothing of a node any more. */
    public boolean isTerminal() {
        return this == SUCCEEDED || this == FAILED;
    }

    /** A pod without a phase has just been created. */
    static PodPhase of(@Nullable String phase) {
        return switch (phase) {
            case null -> PENDING;
            case "Pending" -> PENDING;
            case "Running" -> RUNNING;
            case "Succeeded" -> SUCCEEDED;
            case "Failed" -> FAILED;
            default -> UNKNOWN;
        };
    }
}
