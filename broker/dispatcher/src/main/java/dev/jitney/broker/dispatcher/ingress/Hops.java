package dev.jitney.broker.dispatcher.ingress;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.util.Optional;

/**
 * How many more times an event may pass through a Broker. The extension is the one of the
 * multi-tenant broker; subscribers never see it. A Kafka broker has no such guard: it is here so
 * that a loop of replies ends on a laptop before it starts in production.
 */
public final class Hops {
    private static final String EXTENSION = "knativebrokerttl";
    private static final int MAX = 255;

    private Hops() {}

    /** The event with one hop less; empty when none is left. */
    public static Optional<CloudEvent> enter(CloudEvent event) {
        Object value = event.getExtension(EXTENSION);
        int hops = value == null ? MAX : parse(value.toString()) - 1;
        return hops > 0 ? Optional.of(with(event, hops)) : Optional.empty();
    }

    /** The reply to an event, with one hop less than the event; empty when none is left. */
    public static Optional<CloudEvent> enterReply(CloudEvent cause, CloudEvent reply) {
        Object value = cause.getExtension(EXTENSION);
        int hops = (value == null ? MAX : parse(value.toString())) - 1;
        return hops > 0 ? Optional.of(with(reply, hops)) : Optional.empty();
    }

    /** The event as a subscriber sees it. */
    public static CloudEvent strip(CloudEvent event) {
        return event.getExtension(EXTENSION) == null
                ? event
                : CloudEventBuilder.from(event).withoutExtension(EXTENSION).build();
    }

    private static CloudEvent with(CloudEvent event, int hops) {
        return CloudEventBuilder.from(event)
                .withExtension(EXTENSION, Integer.toString(hops))
                .build();
    }

    /** An unreadable value counts as a fresh event, as in the multi-tenant broker. */
    private static int parse(String text) {
        return text.matches("-?[0-9]{1,9}") ? Integer.parseInt(text) : MAX + 1;
    }
}
