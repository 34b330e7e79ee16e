package dev.jitney.ghes.simulator;

import io.vertx.core.buffer.Buffer;

/**
 * One webhook on its way.
 *
 * @param guid the delivery id; a duplicate has the same
 * @param hookId the hook that sends it, with the address and the secret it has by then
 * @param event such as {@code workflow_job}
 * @param jobId the job it is about; 0 for none
 * @param repositoryId of the job; 0 for none
 * @param action what it tells; empty for a ping
 * @param body the JSON, as of when it happened
 */
record Delivery(
        String guid,
        long hookId,
        String event,
        long jobId,
        long repositoryId,
        String action,
        Buffer body) {}
