package dev.jitney.core.reconcile;

import dev.jitney.core.Organization;
import dev.jitney.core.RunnerName;
import java.time.Instant;

/**
 * A runner pod as Kubernetes lists it.
 *
 * @param uid tells it from another pod of the same name, earlier or later
 * @param ended its containers have stopped: it holds nothing of its node any more
 */
public record PodSeen(
        RunnerName runner,
        String uid,
        Organization organization,
        String runnerClass,
        boolean ended,
        Instant createdAt,
        PodCourse course) {

    /** A pod with nothing odd about it. */
    public PodSeen(
            RunnerName runner,
            String uid,
            Organization organization,
            String runnerClass,
            boolean ended,
            Instant createdAt) {
        this(
                runner,
                uid,
                organization,
                runnerClass,
                ended,
                createdAt,
                PodCourse.ordinary(ended, createdAt));
    }
}
