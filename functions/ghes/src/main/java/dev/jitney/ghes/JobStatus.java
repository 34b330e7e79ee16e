package dev.jitney.ghes;

import java.util.Locale;

/** The status of a job. Which of them wants a runner: only {@link #QUEUED}. */
public enum JobStatus {
    QUEUED,
    IN_PROGRESS,
    COMPLETED,
    /** Held back by a deployment gate. */
    WAITING,
    REQUESTED,
    PENDING,
    /** A status this version does not know. */
    UNKNOWN;

    static JobStatus of(String value) {
        for (JobStatus status : values()) {
            if (status.name().toLowerCase(Locale.ROOT).equals(value)) return status;
        }
        return UNKNOWN;
    }
}
