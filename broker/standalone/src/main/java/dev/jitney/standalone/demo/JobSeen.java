package dev.jitney.standalone.demo;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** What was seen of one job. Changed by {@link Observation} only. */
final class JobSeen {
    /** Oldest first, as GHES tells ages: whole seconds, then ids. */
    static final Comparator<JobSeen> BY_AGE =
            Comparator.<JobSeen, Instant>comparing(job -> job.created)
                    .thenComparingLong(job -> job.id);

    final long id;
    final OrganizationSeen organization;
    final Instant queuedAt;
    private final Instant created;

    /** The first answer 2xx to its {@code queued}; null until then. */
    @Nullable Instant acceptedAt;

    /** Since when it wants a runner: its arrival, or the end of its gate. */
    Instant wantedAt;

    @Nullable Instant startedAt;
    boolean ended;
    boolean cancelled;

    /** When a runner named after it was first asked for; null until then. */
    @Nullable Instant askedAt;

    /** Whether there was room for it when its webhook was accepted. */
    boolean foundRoom;

    /** When the first pod named after it was made. */
    @Nullable Instant podAt;

    JobSeen(long id, OrganizationSeen organization, Instant queuedAt) {
        this.id = id;
        this.organization = organization;
        this.queuedAt = queuedAt;
        this.wantedAt = queuedAt;
        this.created = queuedAt.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Its webhook was accepted, and it has neither started nor ended. */
    boolean isWaiting() {
        return acceptedAt != null && startedAt == null && !ended;
    }

    /** Whether a runner was seen for it by then, its own or another one. */
    boolean wasServedBy(Instant moment) {
        return (askedAt != null && !askedAt.isAfter(moment))
                || (startedAt != null && !startedAt.isAfter(moment))
                || ended;
    }

    boolean wasAcceptedBy(Instant moment) {
        return acceptedAt != null && !acceptedAt.isAfter(moment);
    }
}
