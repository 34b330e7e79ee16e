package dev.jitney.ghes;

import java.util.Locale;

/**
 * A status by which runs can be listed. A run in progress may still hold queued jobs, so a search
 * for queued jobs asks for both.
 */
public enum RunStatus {
    QUEUED,
    IN_PROGRESS,
    WAITING,
    PENDING,
    REQUESTED,
    COMPLETED;

    String parameter() {
        return name().toLowerCase(Locale.ROOT);
    }
}
