package dev.jitney.ghes;

import java.time.Instant;

/**
 * A run of a workflow.
 *
 * @param id the key of a run
 * @param status as the server says it, such as {@code in_progress}
 * @param createdAt when it was triggered
 */
public record WorkflowRun(long id, String status, Instant createdAt) {}
