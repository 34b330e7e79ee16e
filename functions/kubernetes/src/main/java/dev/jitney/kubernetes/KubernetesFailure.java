package dev.jitney.kubernetes;

import org.jspecify.annotations.Nullable;

/** A call that Kubernetes did not carry out, or whose outcome is unknown. */
public abstract sealed class KubernetesFailure extends RuntimeException
        permits KubernetesRefused, KubernetesUnavailable {

    private final int status;

    KubernetesFailure(String message, int status, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /** HTTP status of the answer; 0 if there was none. */
    public final int status() {
        return status;
    }
}
