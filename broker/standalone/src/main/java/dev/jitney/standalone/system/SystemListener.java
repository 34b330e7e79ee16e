package dev.jitney.standalone.system;

import java.time.Duration;

/** Hears what goes on in a system. Called on different threads; must not block. */
public interface SystemListener {
    /** Hears nothing. */
    SystemListener NONE = new SystemListener() {};

    /** A decision, warning or error of a function. */
    default void line(String function, String text) {}

    /** A process of a function answers. */
    default void started(String function, Duration after) {}

    /** Something died and is dealt with. */
    default void trouble(String text) {}
}
