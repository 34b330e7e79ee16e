package dev.jitney.provisioner;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jitney.cloudevents.EventOut;
import dev.jitney.cloudevents.FunctionShell;
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
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A lease was granted: make its runner. */
public final class ProvisionerFunction {
    private static final Logger LOG = Logger.getLogger(ProvisionerFunction.class);

    /**
     * Two at work on one runner would undo each other's: a name that is taken would look like an
     * earlier attempt, and its registration be removed. And whoever takes a runner back must know
     * that nobody makes it again behind his back. Longer than the work may take, and short enough
     * for the broker's retries after a process has died.
     */
    private static final Duration LOCK_LIFE = Duration.ofSeconds(40);

    /** After this nothing more is made: its calls have ended before the lock does. */
    private static final Duration WORK_LONGEST = Duration.ofSeconds(25);

    private final Ledgers ledgers;
    private final Locks locks;
    private final RunnerMaker maker;
    private final RunnerRetirement retirement;
    private final Policies policies;
    private final EventOut events;
    private final FunctionShell shell;

    /** Spares the store the question while this very process is at work on a runner. */
    private final Set<String> inProgress = ConcurrentHashMap.newKeySet();

    @Inject
    public ProvisionerFunction(
            Ledgers ledgers,
            Locks locks,
            RunnerMaker maker,
            RunnerRetirement retirement,
            Policies policies,
            EventOut events,
            FunctionShell shell) {
        this.ledgers = ledgers;
        this.locks = locks;
        this.maker = maker;
        this.retirement = retirement;
        this.policies = policies;
        this.events = events;
        this.shell = shell;
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
        Instant end = shell.clock().instant().plus(WORK_LONGEST);
        Optional<Locks.Lock> own = locks.take(Locks.of(requested.runnerName()), LOCK_LIFE);
        if (own.isEmpty()) {
            throw new InProgressElsewhere(requested.runner() + " is being made");
        }
        try (var _ = own.get()) {
            Optional<RunnerEvent> outcome = provisioning(event).requested(requested, end);
            outcome.ifPresent(ProvisionerFunction::tellWhy);
            return outcome.map(each -> events.reply(each, event)).orElse(null);
        }
    }

    /** The decision's reason is a word; what the server said tells what to do. */
    private static void tellWhy(RunnerEvent outcome) {
        if (outcome instanceof RunnerEvent.Refused refused) {
            LOG.warnf("refused runner=%s: %s", refused.runner(), refused.message());
        }
    }

    private Provisioning provisioning(CloudEvent<?> event) {
        return new Provisioning(
                ledgers,
                maker,
                retirement,
                policies.current(),
                shell.clock(),
                decision -> shell.decisions().accept(decision, event));
    }
}
