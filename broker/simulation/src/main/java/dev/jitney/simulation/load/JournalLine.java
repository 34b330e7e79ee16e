package dev.jitney.simulation.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** What one line of a journal tells of a job. */
sealed interface JournalLine {
    /** More than any job may take on a self-hosted runner. */
    Duration DURATION_MAX = Duration.ofDays(5);

    /**
     * It ran.
     *
     * @param id 0 for a line that has none
     * @param run 0 for a line that has none
     */
    record Ran(
            long id,
            long run,
            String organization,
            String repository,
            Instant createdAt,
            Duration duration)
            implements JournalLine {}

    /** It ended and never had a runner. */
    record WithoutRunner(long id) implements JournalLine {}

    /** It has not ended yet. */
    record Open(long id) implements JournalLine {}

    /** Something that cannot be used. */
    final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Wrong(String reason) {
            super(reason);
        }
    }

    /** A plain line, a webhook's payload, or a CloudEvent around one. */
    static JournalLine of(JsonNode line) {
        if (!line.isObject()) {
            throw new Wrong("this is not a JSON object");
        }
        if (line.has("specversion")) {
            return of(field(line, "data"));
        }
        if (line.has("workflow_job")) {
            return webhook(line);
        }
        if (line.has("org")) {
            return plain(line);
        }
        throw new Wrong("this has neither 'org' nor 'workflow_job'");
    }

    private static JournalLine plain(JsonNode line) {
        String organization = login(text(line, "org"));
        JsonNode seconds = field(line, "durationSeconds");
        if (!seconds.isNumber() || seconds.asDouble() < 0) {
            throw new Wrong("'durationSeconds' is not a number from 0");
        }
        return new Ran(
                0,
                0,
                organization,
                organization + "/journal",
                instant(line, "createdAt"),
                checked(Duration.ofMillis((long) (seconds.asDouble() * 1000))));
    }

    private static JournalLine webhook(JsonNode payload) {
        JsonNode job = field(payload, "workflow_job");
        JsonNode id = field(job, "id");
        if (!id.canConvertToLong()) {
            throw new Wrong("'id' is not a number");
        }
        if (!job.path("status").asText().equals("completed")) {
            return new Open(id.asLong());
        }
        if (job.path("runner_id").asLong() == 0 || job.path("started_at").isNull()) {
            return new WithoutRunner(id.asLong());
        }
        String repository = text(field(payload, "repository"), "full_name");
        String owner = payload.path("organization").path("login").asText();
        return new Ran(
                id.asLong(),
                job.path("run_id").asLong(),
                login(owner.isEmpty() ? repository.replaceFirst("/.*", "") : owner),
                repository.toLowerCase(Locale.ROOT),
                instant(job, "created_at"),
                checked(
                        Duration.between(
                                instant(job, "started_at"), instant(job, "completed_at"))));
    }

    private static Duration checked(Duration duration) {
        if (duration.isNegative() || duration.compareTo(DURATION_MAX) > 0) {
            throw new Wrong("the job took " + duration + ", not up to 5 days");
        }
        return duration;
    }

    private static JsonNode field(JsonNode from, String name) {
        JsonNode value = from.path(name);
        if (value.isMissingNode() || value.isNull()) {
            throw new Wrong("'" + name + "' is missing");
        }
        return value;
    }

    private static String text(JsonNode from, String name) {
        JsonNode value = field(from, name);
        if (!value.isTextual() || value.asText().isBlank()) {
            throw new Wrong("'" + name + "' is not a text");
        }
        return value.asText();
    }

    private static Instant instant(JsonNode from, String name) {
        String text = text(from, name);
        try {
            return Instant.parse(text);
        } catch (DateTimeException _) {
            throw new Wrong(
                    "'" + name + "' is '" + text + "', not a time such as 2026-03-02T08:00:00Z");
        }
    }

    private static String login(String login) {
        return login.toLowerCase(Locale.ROOT);
    }
}
