package dev.jitney.testing;

import dev.jitney.core.JobId;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.event.RunnerEvent;
import dev.jitney.core.ledger.WaitingJob;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Bodies of events as they are on the wire. */
public final class Events {
    /** Ahead of all clocks: a job that comes late gets a later name for its runner. */
    private static final Instant CREATED = Instant.parse("2099-03-02T09:00:00Z");

    private Events() {}

    /** A job that no runner has taken. */
    public static String job(String organization, long id, String... labels) {
        return jobOn(organization, id, null, labels);
    }

    /** A job and the runner that GitHub names with it. */
    public static String jobOn(
            String organization, long id, @Nullable String runner, String... labels) {
        String quoted = labels.length == 0 ? "" : "\"" + String.join("\",\"", labels) + "\"";
        String named = runner == null ? "null" : "\"" + runner + "\"";
        return """
        {"workflow_job":{"id":%d,"labels":[%s],"created_at":"%s","runner_id":%s,"runner_name":%s},
         "repository":{"full_name":"%s/app","owner":{"login":"%s"}}}
        """
                .formatted(
                        id,
                        quoted,
                        CREATED.plusMillis(id),
                        runner == null ? "null" : "1",
                        named,
                        organization,
                        organization);
    }

    /** The same job as the ledgers know it. */
    public static WaitingJob waiting(String organization, long id) {
        return waiting(organization, id, CREATED.plusMillis(id));
    }

    /** A job of another age. */
    public static WaitingJob waiting(String organization, long id, Instant createdAt) {
        return WaitingJob.first(
                new JobId(id), new RunnerClassName("code-linux"), organization + "/app", createdAt);
    }

    public static String requested(RunnerEvent.Requested event) {
        return """
        {"runner":"%s","organization":"%s","runnerClass":"%s","jobId":%d,"repository":"%s"}
        """
                .formatted(
                        event.runner(),
                        event.organization(),
                        event.runnerClass(),
                        event.jobId(),
                        event.repository());
    }

    public static String released(String organization, String runner) {
        return """
        {"runner":"%s","organization":"%s","runnerClass":"code-linux","reason":"COMPLETED"}
        """
                .formatted(runner, organization);
    }
}
