package dev.jitney.broker.dispatcher.delivery;

import dev.jitney.broker.dispatcher.Target;
import dev.jitney.broker.dispatcher.log.LogEntry.Accepted;
import dev.jitney.broker.dispatcher.log.LogEntry.Done;
import io.cloudevents.CloudEvent;
import org.jspecify.annotations.Nullable;

/** One event on its way to one Trigger's subscriber, or later to the dead letter sink. */
final class Delivery {
    private final Accepted accepted;
    private final int trigger;
    private final boolean copy;
    private CloudEvent event;
    private Target target;
    private boolean letter;
    private int attempts;

    Delivery(Accepted accepted, int trigger, Target subscriber, boolean copy) {
        this.accepted = accepted;
        this.trigger = trigger;
        this.copy = copy;
        this.event = accepted.event();
        this.target = subscriber;
    }

    /** A second delivery of the same event, as brokers make them now and then. */
    Delivery duplicate() {
        return new Delivery(accepted, trigger, target, true);
    }

    /** Whether this is made by {@link #duplicate()}: it is owed to nobody and tried once. */
    boolean isCopy() {
        return copy;
    }

    boolean isLetter() {
        return letter;
    }

    CloudEvent event() {
        return event;
    }

    Target target() {
        return target;
    }

    int attempts() {
        return attempts;
    }

    int nextAttempt() {
        return ++attempts;
    }

    /** From now on the dead letter goes to the sink, with attempts of its own. */
    void turnInto(CloudEvent deadLetter, Target sink) {
        event = deadLetter;
        target = sink;
        letter = true;
        attempts = 0;
    }

    Done done() {
        return new Done(accepted.sequence(), trigger);
    }

    /** The key that orders events; null when the event may overtake any other. */
    @Nullable String partitionKey() {
        Object key = accepted.event().getExtension("partitionkey");
        return key == null ? null : key.toString();
    }
}
