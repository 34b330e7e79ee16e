package dev.jitney.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jitney.cloudevents.EventOut;
import dev.jitney.cloudevents.FunctionShell;
import dev.jitney.cloudevents.GithubJob;
import dev.jitney.core.Held;
import dev.jitney.core.Policy;
import dev.jitney.core.RunnerClass;
import dev.jitney.core.event.EventTypes;
import dev.jitney.core.event.RunnerEvent;
import dev.jitney.core.ledger.Admission;
import dev.jitney.core.ledger.Backoff;
import dev.jitney.core.ledger.Ledgers;
import dev.jitney.core.policy.Policies;
import dev.jitney.ledger.InspectableGates;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEvent;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events of jobs and places, each a call of {@link Admission}. A repeated event repeats the
 * steps, and the same events come out of it.
 */
public final class AdmissionFunction {
    private final Ledgers ledgers;
    private final InspectableGates gates;
    private final Policies policies;
    private final EventOut events;
    private final IgnoredJobs ignored;
    private final FunctionShell shell;

    @Inject
    public AdmissionFunction(
            Ledgers ledgers,
            InspectableGates gates,
            Policies policies,
            EventOut events,
            IgnoredJobs ignored,
            FunctionShell shell) {
        this.ledgers = ledgers;
        this.gates = gates;
        this.policies = policies;
        this.events = events;
        this.ignored = ignored;
        this.shell = shell;
    }

    /** A job wants a runner. */
    @Funq("admission-queued")
    @CloudEventMapping(trigger = EventTypes.JOB_QUEUED)
    public @Nullable CloudEvent<JsonNode> queued(CloudEvent<JsonNode> event) {
        Policy policy = policies.current();
        GithubJob job = GithubJob.of(event);
        if (!policy.admits(job.organization())) {
            return events.emit(ignored.ignore(job, "DENIED", event), event);
        }
        return events.emit(
                job.classIn(policy)
                        .map(
                                each ->
                                        admission(policy, event)
                                                .queued(job.organization(), job.waiting(each)))
                        .orElseGet(() -> ignored.ignore(job, "NO_CLASS", event)),
                event);
    }

    /** A job went behind a deployment gate. */
    @Funq("admission-waiting")
    @CloudEventMapping(trigger = EventTypes.JOB_WAITING)
    public @Nullable CloudEvent<JsonNode> waiting(CloudEvent<JsonNode> event) {
        GithubJob job = GithubJob.of(event);
        return events.emit(
                admission(policies.current(), event).gated(job.organization(), job.id()), event);
    }

    /** A runner took a job. */
    @Funq("admission-in-progress")
    @CloudEventMapping(trigger = EventTypes.JOB_IN_PROGRESS)
    public @Nullable CloudEvent<JsonNode> inProgress(CloudEvent<JsonNode> event) {
        Policy policy = policies.current();
        GithubJob job = GithubJob.of(event);
        return events.emit(
                job.classIn(policy)
                        .map(each -> bound(admission(policy, event), job, each))
                        .orElseGet(() -> ignored.ignore(job, "NO_CLASS", event)),
                event);
    }

    /** A runner could not be made. */
    @Funq("admission-refused")
    @CloudEventMapping(trigger = EventTypes.RUNNER_REFUSED)
    public @Nullable CloudEvent<JsonNode> refused(CloudEvent<RunnerEvent.Refused> event) {
        RunnerEvent.Refused refused = present(event);
        Held reason = Held.valueOf(refused.reason());
        return events.emit(
                admission(policies.current(), event)
                        .refused(refused.org(), refused.runnerName(), reason, told(event)),
                event);
    }

    /** A place came free. */
    @Funq("admission-released")
    @CloudEventMapping(trigger = EventTypes.RUNNER_RELEASED)
    public @Nullable CloudEvent<JsonNode> released(CloudEvent<RunnerEvent.Released> event) {
        RunnerEvent.Released released = present(event);
        return events.emit(
                admission(policies.current(), event)
                        .released(
                                released.org(),
                                released.runnerName(),
                                released.reason(),
                                told(event)),
                event);
    }

    private static List<RunnerEvent.Requested> bound(
            Admission admission, GithubJob job, RunnerClass runnerClass) {
        return job.runner()
                .map(
                        runner ->
                                admission.bound(
                                        job.organization(), job.waiting(runnerClass), runner))
                .orElseGet(() -> admission.boundElsewhere(job.organization(), job.id()));
    }

    private Admission admission(Policy policy, CloudEvent<?> event) {
        return new Admission(
                ledgers,
                gates,
                policy,
                Backoff.STANDARD,
                shell.clock(),
                decision -> shell.decisions().accept(decision, event));
    }

    /** An event that does not say when it was made is taken for new. */
    private static Instant told(CloudEvent<?> event) {
        OffsetDateTime time = event.time();
        return time == null ? Instant.MAX : time.toInstant();
    }

    private static <T> T present(CloudEvent<T> event) {
        T data = event.data();
        if (data == null) {
            throw new IllegalArgumentException("the event has no data");
        }
        return data;
    }
}
