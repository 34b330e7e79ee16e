package dev.jitney.cleanup;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jitney.cloudevents.EventOut;
import dev.jitney.cloudevents.FunctionShell;
import dev.jitney.cloudevents.GithubJob;
import dev.jitney.core.event.EventTypes;
import dev.jitney.core.event.RunnerEvent;
import dev.jitney.core.ledger.Ledgers;
import dev.jitney.core.policy.Policies;
import dev.jitney.ledger.Locks;
import dev.jitney.runner.RunnerRetirement;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEvent;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** Jobs that ended, and (as dead letters) requests for runners whose retries are spent. */
public final class CleanupFunction {
    private final Ledgers ledgers;
    private final Locks locks;
    private final RunnerRetirement retirement;
    private final Policies policies;
    private final EventOut events;
    private final FunctionShell shell;

    @Inject
    public CleanupFunction(
            Ledgers ledgers,
            Locks locks,
            RunnerRetirement retirement,
            Policies policies,
            EventOut events,
            FunctionShell shell) {
        this.ledgers = ledgers;
        this.locks = locks;
        this.retirement = retirement;
        this.policies = policies;
        this.events = events;
        this.shell = shell;
    }

    /** A job has ended. */
    @Funq("cleanup-completed")
    @CloudEventMapping(trigger = EventTypes.JOB_COMPLETED)
    public @Nullable CloudEvent<JsonNode> completed(CloudEvent<JsonNode> event) {
        return cleanup(event)
                .completed(GithubJob.of(event))
                .map(outcome -> events.reply(outcome, event))
                .orElse(null);
    }

    /** The dead letter of a request: the broker has given up. */
    @Funq("cleanup-given-up")
    @CloudEventMapping(trigger = EventTypes.RUNNER_REQUESTED)
    public @Nullable CloudEvent<JsonNode> givenUp(CloudEvent<RunnerEvent.Requested> event) {
        RunnerEvent.Requested request = event.data();
        if (request == null) {
            throw new IllegalArgumentException("the event has no data");
        }
        return cleanup(event)
                .givenUp(request, DeadLetter.blames(event.extensions()))
                .map(outcome -> events.reply(outcome, event))
                .orElse(null);
    }

    private Cleanup cleanup(CloudEvent<?> event) {
        return new Cleanup(
                ledgers,
                locks,
                retirement,
                policies.current(),
                shell.clock(),
                decision -> shell.decisions().accept(decision, event));
    }
}
