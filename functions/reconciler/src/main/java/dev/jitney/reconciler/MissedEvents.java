package dev.jitney.reconciler;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jitney.cloudevents.OutgoingEvent;
import dev.jitney.core.Organization;
import dev.jitney.core.event.EventTypes;
import dev.jitney.ghes.JobStatus;
import dev.jitney.ghes.WorkflowJob;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The event that GitHub would have sent about a job as it is now. Whoever takes it cannot tell it
 * from a webhook, and need not: all of them may be repeated.
 */
public final class MissedEvents {
    private final ObjectMapper mapper;

    public MissedEvents(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** Empty for a status that GitHub sends no event about that anybody takes. */
    public Optional<OutgoingEvent> of(
            Organization organization, String repository, WorkflowJob job, Instant now) {
        return type(job.status()).map(type -> event(type, organization, repository, job, now));
    }

    private static Optional<String> type(JobStatus status) {
        return switch (status) {
            case QUEUED -> Optional.of(EventTypes.JOB_QUEUED);
            case WAITING -> Optional.of(EventTypes.JOB_WAITING);
            case IN_PROGRESS -> Optional.of(EventTypes.JOB_IN_PROGRESS);
            case COMPLETED -> Optional.of(EventTypes.JOB_COMPLETED);
            case REQUESTED, PENDING, UNKNOWN -> Optional.empty();
        };
    }

    private OutgoingEvent event(
            String type,
            Organization organization,
            String repository,
            WorkflowJob job,
            Instant now) {
        String id = Long.toString(job.id());
        Map<String, String> extensions = new TreeMap<>();
        extensions.put("partitionkey", organization.login());
        extensions.put("org", organization.login());
        extensions.put("jobid", id);
        extensions.put("correlationid", id);
        return new OutgoingEvent(
                "missed/" + id + "/" + job.status().name().toLowerCase(Locale.ROOT),
                "/jitney/reconciler",
                type,
                id,
                now,
                extensions,
                Buffer.buffer(body(organization, repository, job).toString()));
    }

    private ObjectNode body(Organization organization, String repository, WorkflowJob job) {
        ObjectNode body = mapper.createObjectNode();
        ObjectNode described = body.putObject("workflow_job");
        described.put("id", job.id()).put("run_id", job.runId()).put("name", job.name());
        described.put("created_at", job.createdAt().toString());
        job.labels().forEach(described.withArray("labels")::add);
        job.runnerId().ifPresent(runner -> described.put("runner_id", runner));
        job.runnerName().ifPresent(runner -> described.put("runner_name", runner));
        job.conclusion().ifPresent(conclusion -> described.put("conclusion", conclusion));
        body.putObject("repository").put("full_name", repository);
        body.putObject("organization").put("login", organization.login());
        return body;
    }
}
