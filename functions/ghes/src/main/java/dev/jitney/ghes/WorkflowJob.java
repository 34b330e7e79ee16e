package dev.jitney.ghes;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A job of a workflow run.
 *
 * @param id the key of a job everywhere in Jitney; a rerun has another one
 * @param runId the run it belongs to
 * @param name as the workflow calls it; any Unicode
 * @param status where it stands
 * @param conclusion how it ended, such as {@code success} or {@code cancelled}; empty until then
 * @param labels its {@code runs-on}, as written
 * @param runnerId the runner that took it. GitHub writes none as null or 0
 * @param runnerName the runner that took it. GitHub writes none as null or an empty text
 * @param createdAt its age: the oldest queued job is served first
 */
public record WorkflowJob(
        long id,
        long runId,
        String name,
        JobStatus status,
        Optional<String> conclusion,
        List<String> labels,
        OptionalLong runnerId,
        Optional<String> runnerName,
        Instant createdAt) {
    public WorkflowJob {
        labels = List.copyOf(labels);
    }
}
