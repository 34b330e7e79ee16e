package dev.jitney.kubernetes;

import java.time.Instant;
import java.util.Optional;

/**
 * One runner to be made: what differs from pod to pod. It holds no credential.
 *
 * @param runner name of the runner, of its pod and of its Secret; a DNS-1123 label
 * @param organization login of the organization in lower case
 * @param runnerClass name of the runner class, which chooses the {@link RunnerPodTemplate}
 * @param jobId id of the {@code workflow_job} the runner was granted for; GitHub may give it
 *     another
 * @param repository full name, {@code owner/name}, of the job's repository
 * @param runnerId id of the registration on GHES
 * @param jobCreatedAt when GitHub created the job; a ledger that is made again from pods knows its
 *     age by this
 */
public record RunnerPodSpec(
        String runner,
        String organization,
        String runnerClass,
        long jobId,
        String repository,
        long runnerId,
        Optional<Instant> jobCreatedAt) {
    private static final String NAME = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";

    /** A runner for a job of which nobody said when it was created. */
    public RunnerPodSpec(
            String runner,
            String organization,
            String runnerClass,
            long jobId,
            String repository,
            long runnerId) {
        this(runner, organization, runnerClass, jobId, repository, runnerId, Optional.empty());
    }

    public RunnerPodSpec {
        if (!runner.matches(NAME)) {
            throw new IllegalArgumentException("runner is not a DNS-1123 label: " + runner);
        }
        if (organization.isBlank() || runnerClass.isBlank()) {
            throw new IllegalArgumentException("organization or class is blank for " + runner);
        }
    }
}
