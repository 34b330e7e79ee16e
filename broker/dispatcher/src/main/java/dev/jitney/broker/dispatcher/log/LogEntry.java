package dev.jitney.broker.dispatcher.log;

import dev.jitney.broker.dispatcher.BrokerRef;
import io.cloudevents.CloudEvent;
import java.util.List;

/** What the log remembers. Entries appended together are read back together or not at all. */
public sealed interface LogEntry {

    /**
     * An event was accepted.
     *
     * @param sequence unique in the log, growing
     * @param broker the Broker that accepted it
     * @param triggers names of the Triggers it is owed to
     */
    record Accepted(long sequence, BrokerRef broker, List<String> triggers, CloudEvent event)
            implements LogEntry {
        public Accepted {
            triggers = List.copyOf(triggers);
        }
    }

    /**
     * One Trigger is done with an event: delivered, dead-lettered or dropped.
     *
     * @param sequence that of the event
     * @param trigger position in {@link Accepted#triggers()}
     */
    record Done(long sequence, int trigger) implements LogEntry {}
}
