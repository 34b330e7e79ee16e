package dev.jitney.webhook;

import dev.jitney.cloudevents.Sink;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /webhook}. In this order: size, signature, content type, mapping, broker. Answers 202
 * only after the broker holds the event; GHES does not send a failed delivery again by itself, but
 * shows it. Everything runs on the event loop and nothing waits.
 */
@Singleton
final class WebhookRoute {
    private static final String PATH = "/webhook";
    private static final long LINGER_MILLIS = 1_000;
    private static final Logger LOG = Logger.getLogger(WebhookRoute.class);

    private final WebhookConfig config;
    private final Sink sink;
    private final DeliveryMetrics metrics;
    private final AtomicLong bodyBytesKept = new AtomicLong();

    @Inject
    WebhookRoute(WebhookConfig config, Sink sink, DeliveryMetrics metrics) {
        this.config = config;
        this.sink = sink;
        this.metrics = metrics;
    }

    void routes(@Observes Router router) {
        router.post(PATH).handler(context -> new Exchange(context).receive());
        router.route(PATH)
                .handler(
                        context ->
                                context.response()
                                        .setStatusCode(405)
                                        .putHeader("allow", "POST")
                                        .end());
    }

    /** One delivery and its answer. */
    private final class Exchange {
        private final RoutingContext context;
        private final HttpServerRequest request;
        private final long startedNanos = System.nanoTime();
        private final @Nullable String event;

        Exchange(RoutingContext context) {
            this.context = context;
            this.request = context.request();
            this.event = request.getHeader("X-GitHub-Event");
        }

        void receive() {
            if (contentLength() > BodyReading.BODY_BYTES_MAX) {
                answerAndClose(Outcome.TOO_LARGE, "the body is larger than 25 MB");
                return;
            }
            Optional<byte[]> signature = Signature.parse(request.getHeader("X-Hub-Signature-256"));
            if (signature.isEmpty()) {
                answerAndClose(
                        Outcome.UNAUTHORIZED,
                        "X-Hub-Signature-256 is missing: set a secret on the webhook");
                return;
            }
            boolean keep = WebhookMapping.JOB_EVENT.equals(event);
            BodyReading.read(request, bodyBytesKept, config.signature().begin(), keep)
                    .onSuccess(received -> verify(received, signature.get()))
                    .onFailure(this::fail);
        }

        private void verify(BodyReading.Received received, byte[] signature) {
            if (!received.check().isSignedBy(signature)) {
                answer(Outcome.UNAUTHORIZED, "", "X-Hub-Signature-256 is not of a known secret");
                return;
            }
            try {
                handle(WebhookMapping.map(delivery(received.body()), Instant.now()));
            } catch (RuntimeException e) {
                LOG.errorf(e, "delivery failed eventId=%s", deliveryId());
                context.fail(500);
            }
        }

        private void handle(Mapping mapping) {
            switch (mapping) {
                case Mapping.Ping() -> answer(Outcome.PING, "", "");
                case Mapping.Ignored(String reason) -> answer(Outcome.IGNORED, "", reason);
                case Mapping.Malformed(String problem) -> answer(Outcome.MALFORMED, "", problem);
                case Mapping.Unsupported() ->
                        answer(Outcome.UNSUPPORTED, "", "set the content type application/json");
                case Mapping.Mapped mapped -> forward(mapped);
            }
        }

        private void forward(Mapping.Mapped mapped) {
            sink.post(mapped.event(), config.deadline())
                    .onSuccess(_ -> answer(Outcome.FORWARDED, mapped.action(), ""))
                    .onFailure(
                            failure ->
                                    answer(
                                            Outcome.UNAVAILABLE,
                                            mapped.action(),
                                            "the broker did not take the event: "
                                                    + failure.getMessage()));
        }

        private void fail(Throwable failure) {
            if (failure instanceof BodyReading.Refused refused) {
                answerAndClose(refused.outcome(), String.valueOf(refused.getMessage()));
            } else {
                LOG.debugf("sender went away eventId=%s", deliveryId());
            }
        }

        /**
         * The rest of the body is of no use. It is thrown away for a moment more: a connection that
         * is closed while the sender still writes loses the answer.
         */
        private void answerAndClose(Outcome outcome, String line) {
            request.resume();
            var response = context.response().putHeader("connection", "close");
            response.endHandler(
                    _ ->
                            context.vertx()
                                    .setTimer(LINGER_MILLIS, _ -> request.connection().close()));
            answer(outcome, "", line);
        }

        private void answer(Outcome outcome, String action, String line) {
            var took = Duration.ofNanos(System.nanoTime() - startedNanos);
            metrics.count(event, action, outcome, took);
            var level = outcome.status() < 300 ? Logger.Level.INFO : Logger.Level.WARN;
            LOG.logf(
                    level,
                    "delivery eventId=%s event=%s action=%s outcome=%s reason=%s",
                    deliveryId(),
                    event,
                    action,
                    outcome,
                    line);
            context.response()
                    .setStatusCode(outcome.status())
                    .putHeader("content-type", "text/plain")
                    .end(line);
        }

        private Delivery delivery(Buffer body) {
            return new Delivery(
                    event,
                    request.getHeader("X-GitHub-Delivery"),
                    request.getHeader("content-type"),
                    request.getHeader("traceparent"),
                    body);
        }

        private @Nullable String deliveryId() {
            return request.getHeader("X-GitHub-Delivery");
        }

        private long contentLength() {
            String length = request.getHeader("content-length");
            try {
                return length == null ? 0 : Long.parseLong(length);
            } catch (NumberFormatException _) {
                return 0;
            }
        }
    }
}
