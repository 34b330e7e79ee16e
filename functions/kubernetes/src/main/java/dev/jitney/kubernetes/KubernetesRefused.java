package dev.jitney.kubernetes;

import org.jspecify.annotations.Nullable;

/** Kubernetes said no: the same call will be refused again until somebody changes something. */
public final class KubernetesRefused extends KubernetesFailure {
    private final Reason reason;

    /** Why Kubernetes said no. */
    public enum Reason {
        /** 403, the quota of the namespace is used up: it passes when other pods end. */
        QUOTA_EXCEEDED,
        /** 403: roles, pod security or an admission policy forbid it. */
        FORBIDDEN,
        /**
         * 422 or another 4xx: the object is not valid, for example because of a class' settings.
         */
        INVALID,
        /** 404: the namespace does not exist. */
        NO_NAMESPACE
    }

    public KubernetesRefused(Reason reason, String message, int status, @Nullable Throwable cause) {
        super(message, status, cause);
        this.reason = reason;
    }

    /** Why Kubernetes said no. */
    public Reason reason() {
        return reason;
    }

    /** Whether the same call may succeed later without anybody changing anything. */
    public boolean isRetryableLater() {
        return reason == Reason.QUOTA_EXCEEDED;
    }
}
