package dev.jitney.simulation.broker;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jitney.cloudevents.OutgoingEvent;
import dev.jitney.cloudevents.Post;
import dev.jitney.simulation.engine.FunctionProcess;
import dev.jitney.simulation.engine.Nanos;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/** How one process posts to the broker. */
public record SimulatedSink(FunctionProcess process, ObjectMapper mapper, Consumer<Event> broker)
        implements Post {

    @Override
    public Future<Void> post(OutgoingEvent event, Duration deadline) {
        process.travel(Nanos.MILLI, 10 * Nanos.MILLI);
        try {
            broker.accept(
                    new Event(
                            event.id(),
                            event.source(),
                            event.type(),
                            event.subject(),
                            event.time(),
                            event.extensions(),
                            mapper.readTree(event.data().getBytes())));
        } catch (IOException e) {
            throw new IllegalStateException("an event without JSON", e);
        }
        return Future.succeededFuture();
    }
}
