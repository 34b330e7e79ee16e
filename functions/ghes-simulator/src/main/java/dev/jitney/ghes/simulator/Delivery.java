package dev.jitney.ghes.simulator;

import io.vertx.core.buffer.Buffer;

/**
 * One webhook on its way.
 *
 * @param guid the delivery id; a duplicate has the same
 * @param jobId the job it is about
 * @param organization key of the organization
 * @param repositoryId of the job
 * @param action what it tells
 * @param body the JSON, as of when it happened
 */
record Delivery(
        String guid,
        long jobId,
        String organization,
        long repositoryId,
        String action,
        Buffer body) {}
