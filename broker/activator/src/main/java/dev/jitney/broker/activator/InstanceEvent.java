package dev.jitney.broker.activator;

import dev.jitney.broker.dispatcher.ServiceRef;
import java.time.Duration;

/** What becomes of one instance of a Service. */
public sealed interface InstanceEvent {
    /** The Service it belongs to. */
    ServiceRef service();

    /** Its number, from 1; never used again while this process runs. */
    int instance();

    /** A process was started. */
    record Started(ServiceRef service, int instance, long pid, int port) implements InstanceEvent {}

    /**
     * It answers.
     *
     * @param coldStart from the decision to start it until now
     */
    record Ready(ServiceRef service, int instance, Duration coldStart) implements InstanceEvent {}

    /** It ended because it was told to. */
    record Stopped(ServiceRef service, int instance) implements InstanceEvent {}

    /**
     * It ended by itself, was killed by somebody else, did not become ready in time, or could not
     * be started at all.
     *
     * @param reason for a person
     */
    record Died(ServiceRef service, int instance, String reason) implements InstanceEvent {}
}
