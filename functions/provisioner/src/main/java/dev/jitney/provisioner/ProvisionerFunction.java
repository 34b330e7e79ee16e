package dev.jitney.provisioner;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jitney.cloudevents.DecisionLog;
import dev.jitney.cloudevents.EventOut;
import dev.jitney.cloudevents.InProgressElsewhere;
import dev.jitney.core.event.EventTypes;
import dev.jitney.core.event.RunnerEvent;
import dev.jitney.core.ledger.Ledgers;
import dev.jitney.core.policy.Policies;
import dev.jitney.ledger.Locks;
import dev.jitney.runner.RunnerMaker;
import dev.jitney.runner.RunnerRetirement;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEvent;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A lease was granted: make its runner. */
public final class ProvisionerFunction {
    /**
     * Two at work on one runner would undo each other's: a name that is taken would look like an
     * earlier attempt, and its registration be removed. Longer than the work takes, and short
     * enough for the next attempt after a process has died.
     */
    private static final Duration LOCK_LIFE = Duration.ofSeconds(10);

    private final Ledgers ledgers;
    private final Locks locks;
    private final RunnerMaker maker;
    private final RunnerRetirement retirement;
    private final Policies policies;
    private final EventOut events;

    /** Spares the store the question while this very process is at work on a runner. */
    private final Set<String> inProgress = ConcurrentHashMap.newKeySet();

    ProvisionerFunction(
            Ledgers ledgers,
            Locks locks,
            RunnerMaker maker,
            RunnerRetirement retirement,
            Policies policies,
            EventOut events) {
        this.ledgers = ledgers;
        this.locks = locks;
        this.maker = maker;
        this.retirement = retirement;
        this.policies = policies;
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
            return make(requested, event);
        } finally {
            inProgress.remove(requested.runner());
        }
    }

    private @Nullable CloudEvent<JsonNode> make(
            RunnerEvent.Requested requested, CloudEvent<?> event) {
        Optional<Locks.Lock> own = locks.take("runner/" + requested.runner(), LOCK_LIFE);
        if (own.isEmpty()) {
            throw new InProgressElsewhere(requested.runner() + " is being made");
        }
        try (var _ = own.get()) {
            return provisioning(event)
                    .requested(requested)
                    .map(outcome -> events.reply(outcome, event))
                    .orElse(null);
        }
    }

    private Provisioning provisioning(CloudEvent<?> event) {
        return new Provisioning(
                ledgers,
                maker,
                retirement,
                policies.current(),
                InstantSource.system(),
                decision -> DecisionLog.log(decision, event));
    }
}
