package dev.jitney.webhook;

import dev.jitney.cloudevents.OutgoingEvent;

/** What is to be done with a verified delivery. */
sealed interface Mapping {
    /**
     * Hand it to the broker.
     *
     * @param action {@code queued}, {@code waiting}, {@code in_progress} or {@code completed}
     */
    record Mapped(String action, OutgoingEvent event) implements Mapping {}

    /** Take it and do nothing: GitHub has done nothing wrong, and it is not for us. */
    record Ignored(String reason) implements Mapping {}

    /** GitHub tries whether we are there. */
    record Ping() implements Mapping {}

    /** It cannot be understood; {@code problem} says what is missing, without quoting the body. */
    record Malformed(String problem) implements Mapping {}

    /** It is neither JSON nor a form. */
    record Unsupported() implements Mapping {}
}
