package dev.jitney.broker.dispatcher.ping;

import static java.lang.System.Logger.Level.WARNING;

import dev.jitney.broker.dispatcher.Target;
import dev.jitney.broker.dispatcher.delivery.Sender;
import dev.jitney.broker.dispatcher.manifest.Manifests;
import dev.jitney.broker.dispatcher.manifest.References;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.fabric8.knative.sources.v1.PingSource;
import io.fabric8.knative.sources.v1.PingSourceSpec;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sends the events of one PingSource. A tick that cannot be sent is tried a few times at once and
 * then lost; a tick that was due while the process was down is not made up for.
 */
public final class PingRunner {
    private static final System.Logger LOG = System.getLogger(PingRunner.class.getName());
    private static final int RETRIES = 5;
    private static final long FIRST_RETRY_MILLIS = 50;

    private final Vertx vertx;
    private final Clock clock;
    private final Sender sender;
    private final PingSource source;
    private final String namespace;
    private final Target sink;
    private final Schedule schedule;
    private final @Nullable Duration every;
    private boolean stopped;

    /**
     * A runner that has not started.
     *
     * @param every replaces the schedule; null follows it
     */
    public PingRunner(
            Vertx vertx,
            Clock clock,
            Sender sender,
            PingSource source,
            References references,
            @Nullable Duration every) {
        this.vertx = vertx;
        this.clock = clock;
        this.sender = sender;
        this.source = source;
        this.namespace = Manifests.namespaceOf(source);
        this.sink = references.resolve(source.getSpec().getSink(), namespace);
        this.schedule = Schedule.of(source.getSpec().getSchedule(), source.getSpec().getTimezone());
        this.every = every;
    }

    /** Plans the first tick. */
    public void start() {
        planAfter(clock.instant());
    }

    /** No tick is sent from now on. */
    public void stop() {
        stopped = true;
    }

    /** A timer may fire a little early: the next tick is planned from when this one was due. */
    private void planAfter(Instant due) {
        Optional<Duration> wait = every == null ? schedule.untilNext(due) : Optional.of(every);
        if (wait.isEmpty()) {
            return;
        }
        Instant next = due.plus(wait.get());
        Instant now = clock.instant();
        if (next.isBefore(now.minusSeconds(1))) {
            planAfter(now);
            return;
        }
        long millis = Math.max(1, Duration.between(now, next).toMillis());
        vertx.setTimer(millis, fired -> tick(next));
    }

    private void tick(Instant due) {
        if (!stopped) {
            send(event(source, clock.instant()), 0);
            planAfter(due);
        }
    }

    private void send(CloudEvent event, int retries) {
        sender.offer(sink, event, namespace)
                .onFailure(
                        failure -> {
                            if (retries < RETRIES && !stopped) {
                                vertx.setTimer(
                                        FIRST_RETRY_MILLIS << retries,
                                        again -> send(event, retries + 1));
                            } else {
                                LOG.log(
                                        WARNING,
                                        "PingSource {0}/{1}: a tick is lost: {2}",
                                        namespace,
                                        source.getMetadata().getName(),
                                        failure.getMessage());
                            }
                        });
    }

    /** The event of one tick. */
    static CloudEvent event(PingSource source, Instant now) {
        PingSourceSpec spec = source.getSpec();
        CloudEventBuilder event =
                CloudEventBuilder.v1()
                        .withId(UUID.randomUUID().toString())
                        .withType("dev.knative.sources.ping")
                        .withSource(
                                URI.create(
                                        "/apis/v1/namespaces/%s/pingsources/%s"
                                                .formatted(
                                                        Manifests.namespaceOf(source),
                                                        source.getMetadata().getName())))
                        .withTime(OffsetDateTime.ofInstant(now, ZoneOffset.UTC));
        byte[] data = data(spec);
        if (data.length > 0) {
            event.withData(data);
        }
        if (spec.getContentType() != null && !spec.getContentType().isEmpty()) {
            event.withDataContentType(spec.getContentType());
        }
        if (spec.getCeOverrides() != null && spec.getCeOverrides().getExtensions() != null) {
            spec.getCeOverrides().getExtensions().forEach(event::withExtension);
        }
        return event.build();
    }

    private static byte[] data(PingSourceSpec spec) {
        if (spec.getDataBase64() != null && !spec.getDataBase64().isEmpty()) {
            return Base64.getDecoder().decode(spec.getDataBase64());
        }
        return spec.getData() == null
                ? new byte[0]
                : spec.getData().getBytes(StandardCharsets.UTF_8);
    }
}
