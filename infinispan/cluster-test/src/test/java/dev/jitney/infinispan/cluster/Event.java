package dev.jitney.infinispan.cluster;

import dev.jitney.core.JobId;
import dev.jitney.core.Organization;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.RunnerName;
import dev.jitney.core.ledger.WaitingJob;
import java.time.Instant;

/**
 * An event about a job and its runner, as one line.
 *
 * @param createdMillis when the job was created, since the epoch
 */
record Event(Kind kind, String org, long job, String runnerClass, long createdMillis) {
    enum Kind {
        QUEUED,
        /** The provisioner has made the pod. */
        STARTED,
        BOUND,
        /** What the cleanup gets. */
        COMPLETED,
        RELEASED
    }

    static Event parse(String line) {
        String[] parts = line.split(" ", -1);
        return new Event(
                Kind.valueOf(parts[0]),
                parts[1],
                Long.parseLong(parts[2]),
                parts[3],
                Long.parseLong(parts[4]));
    }

    String line() {
        return kind + " " + org + " " + job + " " + runnerClass + " " + createdMillis;
    }

    Event of(Kind next) {
        return new Event(next, org, job, runnerClass, createdMillis);
    }

    Organization organization() {
        return new Organization(org);
    }

    WaitingJob waitingJob() {
        return WaitingJob.first(
                new JobId(job),
                new RunnerClassName(runnerClass),
                org + "/repository",
                Instant.ofEpochMilli(createdMillis));
    }

    /** In this world every job gets the runner that was granted for it. */
    RunnerName runner() {
        return waitingJob().runner();
    }
}
