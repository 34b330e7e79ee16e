package dev.jitney.cloudevents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jitney.core.event.RunnerEvent;
import io.quarkus.funqy.knative.events.CloudEvent;
import io.quarkus.funqy.knative.events.CloudEventBuilder;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Makes the events that leave a function because of an event that came in.
 *
 * <p>The id is {@code <runner>/<step>} and the source {@code /jitney/<function>}, so a repeated
 * delivery makes the same events again. Extensions: {@code partitionkey} and {@code org}, the
 * organization; {@code jobid}, the event's own or else the incoming one; {@code correlationid}, as
 * it came in when both are about the same job, else the job id; {@code causationid}, the id that
 * came in; {@code traceparent}, copied.
 */
@Singleton
public final class EventOut {
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final Post sink;
    private final ObjectMapper mapper;
    private final String source;
    private final InstantSource clock;

    /**
     * @param function {@code quarkus.application.name}: the name of the function
     */
    @Inject
    EventOut(
            Sink sink,
            ObjectMapper mapper,
            @ConfigProperty(name = "quarkus.application.name") String function) {
        this(sink, mapper, function, InstantSource.system());
    }

    /**
     * The same around another process.
     *
     * @param clock gives the events their time
     */
    public EventOut(Post sink, ObjectMapper mapper, String function, InstantSource clock) {
        this.sink = sink;
        this.mapper = mapper;
        this.source = "/jitney/" + function;
        this.clock = clock;
    }

    /** The event as a function returns it, for the broker to take as the reply. */
    public CloudEvent<JsonNode> reply(RunnerEvent event, CloudEvent<?> incoming) {
        return CloudEventBuilder.create()
                .specVersion("1.0")
                .id(idOf(event))
                .source(source)
                .type(event.type())
                .time(clock.instant().atOffset(ZoneOffset.UTC))
                .extensions(extensions(event, incoming))
                .build(mapper.<JsonNode>valueToTree(event));
    }

    /** The event as it is posted to the sink. */
    public OutgoingEvent outgoing(RunnerEvent event, CloudEvent<?> incoming) {
        Buffer data = Buffer.buffer(mapper.valueToTree(event).toString());
        return new OutgoingEvent(
                idOf(event),
                source,
                event.type(),
                null,
                clock.instant(),
                extensions(event, incoming),
                data);
    }

    /**
     * Sends several events: all but the last by the sink, the last as the reply. Blocks until the
     * sink has taken its part, so that nothing is answered before everything is stored.
     *
     * @return what the function returns; null, a 204, when there is nothing to send
     * @throws TryAgain if the sink did not take an event within 5 s. Others may have been taken;
     *     the next delivery sends all of them again, with the same ids
     */
    public @Nullable CloudEvent<JsonNode> emit(
            List<? extends RunnerEvent> events, CloudEvent<?> incoming) {
        if (events.isEmpty()) {
            return null;
        }
        send(events.subList(0, events.size() - 1), incoming);
        return reply(events.getLast(), incoming);
    }

    /**
     * Sends all events by the sink, for functions whose answer does not reach the broker.
     *
     * @throws TryAgain as {@link #emit}
     */
    public void send(List<? extends RunnerEvent> events, CloudEvent<?> incoming) {
        sendAll(events.stream().map(each -> outgoing(each, incoming)).toList());
    }

    /**
     * Sends events that are already made.
     *
     * @throws TryAgain as {@link #emit}
     */
    public void sendAll(List<OutgoingEvent> events) {
        if (!events.isEmpty()) {
            await(Future.join(events.stream().map(each -> sink.post(each, DEADLINE)).toList()));
        }
    }

    private static void await(Future<?> posted) {
        try {
            var _ =
                    posted.toCompletionStage()
                            .toCompletableFuture()
                            .get(DEADLINE.toMillis() + 500, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof TryAgain tryAgain
                    ? tryAgain
                    : new TryAgain("the sink did not take an event", e);
        } catch (TimeoutException e) {
            throw new TryAgain("the sink did not answer in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TryAgain("interrupted while sending events", e);
        }
    }

    private static String idOf(RunnerEvent event) {
        return event.runner() + "/" + event.step();
    }

    private static Map<String, String> extensions(RunnerEvent event, CloudEvent<?> incoming) {
        Map<String, String> came = incoming.extensions();
        Map<String, String> extensions = new TreeMap<>();
        extensions.put("partitionkey", event.org().login());
        extensions.put("org", event.org().login());
        extensions.put("causationid", incoming.id());
        OptionalLong own = jobOf(event);
        String jobCame = came.get("jobid");
        String job = own.isPresent() ? Long.toString(own.getAsLong()) : jobCame;
        boolean sameJob = job == null || jobCame == null || job.equals(jobCame);
        copy(extensions, "jobid", job);
        copy(extensions, "correlationid", job);
        if (sameJob) {
            copy(extensions, "correlationid", came.get("correlationid"));
        }
        copy(extensions, "traceparent", came.get("traceparent"));
        return extensions;
    }

    private static void copy(Map<String, String> to, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            to.put(name, value);
        }
    }

    private static OptionalLong jobOf(RunnerEvent event) {
        return switch (event) {
            case RunnerEvent.Requested requested -> OptionalLong.of(requested.jobId());
            case RunnerEvent.Started started -> OptionalLong.of(started.jobId());
            case RunnerEvent.Refused refused -> OptionalLong.of(refused.jobId());
            case RunnerEvent.Released _ -> OptionalLong.empty();
        };
    }
}
