package dev.jitney.broker.dispatcher.log;

/**
 * A delivery that was owed when the last process ended.
 *
 * @param trigger position in the Triggers of the event
 */
public record Pending(LogEntry.Accepted accepted, int trigger) {

    /** The name of the Trigger it is owed to. */
    public String triggerName() {
        return accepted.triggers().get(trigger);
    }
}
