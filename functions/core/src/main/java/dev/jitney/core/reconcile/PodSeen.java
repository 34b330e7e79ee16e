package dev.jitney.core.reconcile;

import dev.jitney.core.Organization;
import dev.jitney.core.RunnerName;
import java.time.Instant;

/**
 * A runner pod as Kubernetes lists it.
 *
 * @param ended its containers have stopped: phase Succeeded or Failed
 */
public record PodSeen(
        RunnerName runner,
        Organization organization,
        String runnerClass,
        boolean ended,
        Instant createdAt) {}
