package dev.jitney.cloudevents;

import dev.jitney.core.ledger.Decision;
import io.quarkus.funqy.knative.events.CloudEvent;
import org.jboss.logging.Logger;

/**
 * Logs decisions, one line each at INFO, always with the same keys: {@code eventId}, then those of
 * {@link Decision}.
 */
public final class DecisionLog {
    private static final Logger LOG = Logger.getLogger("decision");

    private DecisionLog() {}

    public static void log(Decision decision, CloudEvent<?> incoming) {
        LOG.info(line(decision, incoming.id()));
    }

    /** The line; text from outside cannot start another one. */
    static String line(Decision decision, String eventId) {
        return Text.line("eventId=" + eventId + " " + decision, 1_000);
    }
}
