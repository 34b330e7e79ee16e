package dev.jitney.core.ledger;

import dev.jitney.core.JobId;
import dev.jitney.core.Organization;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.RunnerName;
import java.time.Instant;

/**
 * One unit of the cluster's capacity, taken by a runner. It is reserved before the organization's
 * lease is written, and given back after that lease is gone.
 *
 * @param job the job it was reserved for; the runner may serve another one later
 */
public record Place(
        RunnerName runner,
        Organization organization,
        RunnerClassName runnerClass,
        JobId job,
        Instant since) {

    /** The place that a lease stands for. */
    public static Place of(Organization organization, Lease lease, Instant since) {
        return new Place(
                lease.runner(), organization, lease.runnerClass(), lease.job().id(), since);
    }
}
