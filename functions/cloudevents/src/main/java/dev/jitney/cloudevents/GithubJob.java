package dev.jitney.cloudevents;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jitney.core.JobId;
import dev.jitney.core.Organization;
import dev.jitney.core.Policy;
import dev.jitney.core.RunnerClass;
import dev.jitney.core.RunnerName;
import dev.jitney.core.ledger.WaitingJob;
import io.quarkus.funqy.knative.events.CloudEvent;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the functions read from the data of a {@code com.github.workflow_job.*} event.
 *
 * @param labels what the job's {@code runs-on} says, as written; may be empty
 * @param createdAt GitHub's {@code created_at}; servers before 3.6 leave it out, then {@code
 *     started_at}, then the event's time
 * @param runnerName the runner GitHub names; empty when none took the job. GitHub writes null, an
 *     empty name or id 0 for none
 */
public record GithubJob(
        JobId id,
        Organization organization,
        String repository,
        List<String> labels,
        Instant createdAt,
        Optional<String> runnerName) {
    public GithubJob {
        labels = List.copyOf(labels);
    }

    /**
     * Reads an event's data.
     *
     * @throws IllegalArgumentException when the job's id, the repository or its owner is missing:
     *     the event can never be handled (400, dead letter)
     */
    public static GithubJob of(CloudEvent<JsonNode> event) {
        JsonNode data = event.data();
        if (data == null) {
            throw new IllegalArgumentException("the event has no data");
        }
        JsonNode job = data.path("workflow_job");
        JsonNode repository = data.path("repository");
        String login = text(data.path("organization").path("login"));
        String owner = login != null ? login : text(repository.path("owner").path("login"));
        return new GithubJob(
                new JobId(job.path("id").asLong()),
                new Organization(required("repository.owner.login", owner)),
                required("repository.full_name", text(repository.path("full_name"))),
                labels(job.path("labels")),
                createdAt(job, event),
                runnerName(job));
    }

    /** The class that serves the job; empty when none does, and the job is not ours. */
    public Optional<RunnerClass> classIn(Policy policy) {
        return policy.classFor(labels);
    }

    public WaitingJob waiting(RunnerClass runnerClass) {
        return WaitingJob.first(id, runnerClass.name(), repository, createdAt);
    }

    /** The runner as one of ours could be called; empty for none and for a foreign name. */
    public Optional<RunnerName> runner() {
        return runnerName.flatMap(RunnerName::parse);
    }

    private static Optional<String> runnerName(JsonNode job) {
        return job.path("runner_id").asLong(0) == 0
                ? Optional.empty()
                : Optional.ofNullable(text(job.path("runner_name")));
    }

    private static List<String> labels(JsonNode node) {
        List<String> labels = new ArrayList<>();
        node.forEach(
                label -> {
                    if (label.isTextual()) {
                        labels.add(label.asText());
                    }
                });
        return labels;
    }

    private static Instant createdAt(JsonNode job, CloudEvent<JsonNode> event) {
        for (String field : List.of("created_at", "started_at")) {
            String text = text(job.path(field));
            if (text != null) {
                try {
                    return Instant.parse(text);
                } catch (DateTimeException e) {
                    throw new IllegalArgumentException(field + " is not a time: " + text, e);
                }
            }
        }
        return event.time() == null ? Instant.EPOCH : event.time().toInstant();
    }

    private static @Nullable String text(JsonNode node) {
        return node.isTextual() && !node.asText().isBlank() ? node.asText() : null;
    }

    private static String required(String field, @Nullable String value) {
        if (value == null) {
            throw new IllegalArgumentException(field + " is missing");
        }
        return value;
    }
}
