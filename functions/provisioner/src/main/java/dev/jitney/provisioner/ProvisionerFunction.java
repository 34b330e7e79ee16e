package dev.jitney.provisioner;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jitney.cloudevents.DecisionLog;
import dev.jitney.cloudevents.EventOut;
import dev.jitney.cloudevents.InProgressElsewhere;
import dev.jitney.core.Policy;
import dev.jitney.core.event.EventTypes;
import dev.jitney.core.event.RunnerEvent;
import dev.jitney.core.ledger.Ledgers;
import dev.jitney.runner.RunnerMaker;
import dev.jitney.runner.RunnerRetirement;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEvent;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A lease was granted: make its runner. */
public final class ProvisionerFunction {
    private final Ledgers ledgers;
    private final RunnerMaker maker;
    private final RunnerRetirement retirement;
    private final Policy policy;
    private final EventOut events;

    /** Runners being made in this process: two at the same work would undo each other's. */
    private final Set<String> inProgress = ConcurrentHashMap.newKeySet();

    ProvisionerFunction(
            Ledgers ledgers,
            RunnerMaker maker,
            RunnerRetirement retirement,
            Policy policy,
            EventOut events) {
        this.ledgers = ledgers;
        this.maker = maker;
        this.retirement = retirement;
        this.policy = policy;
        this.events = events;
    }

    @Funq("provisioner-requested")
    @CloudEventMapping(trigger = EventTypes.RUNNER_REQUESTED)
    public @Nullable CloudEvent<JsonNode> requested(CloudEvent<RunnerEvent.Requested> event) {
        RunnerEvent.Requested requested = event.data();
        if (requested == null) {
            throw new IllegalArgumentException("the event has no data");
        }
        if (!inProgress.add(requested.runner())) {
            throw new InProgressElsewhere(requested.runner() + " is being made");
        }
        try {
            return provisioning(event)
                    .requested(requested)
                    .map(outcome -> events.reply(outcome, event))
                    .orElse(null);
        } finally {
            inProgress.remove(requested.runner());
        }
    }

    private Provisioning provisioning(CloudEvent<?> event) {
        return new Provisioning(
                ledgers,
                maker,
                retirement,
                policy,
                InstantSource.system(),
                decision -> DecisionLog.log(decision, event));
    }
}
