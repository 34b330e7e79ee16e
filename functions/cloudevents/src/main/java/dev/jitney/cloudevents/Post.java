package dev.jitney.cloudevents;

import io.vertx.core.Future;
import java.time.Duration;

/** How an event gets to the broker. */
@FunctionalInterface
public interface Post {
    /**
     * Posts one event.
     *
     * @param deadline until the broker has answered, over all attempts
     * @return succeeds after a 2xx of the broker, which then holds the event; fails with {@link
     *     TryAgain} otherwise, and then the broker may hold the event or not
     */
    Future<Void> post(OutgoingEvent event, Duration deadline);
}
