package dev.jitney.broker.activator;

import dev.jitney.broker.dispatcher.ServiceRef;

/** Hears what the instances print. */
@FunctionalInterface
public interface LineListener {

    /**
     * One line of the standard output or error of an instance, without its end.
     *
     * <p>Called on a thread of the instance, in order; while it runs, the instance cannot print.
     *
     * @param instance number of the instance, from 1
     */
    void line(ServiceRef service, int instance, String line);
}
