package dev.jitney.cloudevents;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of Funqy and gives each outcome the status that makes a broker do the right
 * thing. Funqy alone answers 500 to an event that nobody can read and 404 to a type that nobody
 * takes; both are delivered again and again.
 *
 * <p>Every path is covered but those of Quarkus itself ({@code /q/...}). An answer that refuses an
 * event is one line of plain text, so that no broker takes it for a reply.
 */
@Singleton
public final class FunqyGuard {
    /** After Quarkus has read the body, before Funqy's own route. */
    private static final int ORDER = -1000;

    private static final String PLATFORM_PATH = "/q/";
    private static final Logger LOG = Logger.getLogger(FunqyGuard.class);

    private final IncomingCheck check;
    private final Refusals refusals;

    @Inject
    FunqyGuard(ObjectMapper mapper, @Any Instance<FailureMapping> mappings) {
        this.check = new IncomingCheck(mapper);
        this.refusals = new Refusals(mappings);
    }

    void guard(@Observes Router router) {
        router.route().order(ORDER).handler(this::admit).failureHandler(this::refuse);
    }

    private void admit(RoutingContext context) {
        if (isPlatform(context)) {
            context.next();
            return;
        }
        var request = context.request();
        Optional<Refusal> refusal =
                check.check(request.method().name(), request.headers(), context.body().buffer());
        if (refusal.isEmpty()) {
            context.next();
            return;
        }
        logRefused(context, refusal.get());
        answer(context, refusal.get());
    }

    private void refuse(RoutingContext context) {
        if (isPlatform(context) || context.response().headWritten()) {
            context.next();
            return;
        }
        Throwable failure = context.failure();
        Optional<Refusal> refusal =
                failure == null ? withoutFailure(context.statusCode()) : refusals.of(failure);
        if (refusal.isPresent()) {
            logRefused(context, refusal.get());
        } else {
            LOG.errorf(failure, "event failed eventId=%s status=500", eventId(context));
        }
        answer(context, refusal.orElseGet(() -> new Refusal(500, "internal error, see the log")));
    }

    /** Funqy fails with a bare status, for instance 404 when no function takes the type. */
    private static Optional<Refusal> withoutFailure(int status) {
        return switch (status) {
            case 404 -> Optional.of(new Refusal(422, "no function here takes this type of event"));
            case 413 -> Optional.of(new Refusal(413, "the event is too large"));
            case 500 -> Optional.empty();
            default ->
                    status >= 400 && status <= 599
                            ? Optional.of(new Refusal(status, "the event was not accepted"))
                            : Optional.empty();
        };
    }

    private static void logRefused(RoutingContext context, Refusal refusal) {
        LOG.warnf(
                "event refused eventId=%s status=%d retried=%b reason=%s",
                eventId(context), refusal.status(), refusal.isRetried(), refusal.line());
    }

    private static void answer(RoutingContext context, Refusal refusal) {
        HttpServerResponse response = context.response();
        response.setStatusCode(refusal.status()).putHeader("content-type", "text/plain");
        if (refusal.status() == 405) {
            response.putHeader("allow", "POST");
        }
        var retryAfter = refusal.retryAfter();
        if (retryAfter != null) {
            long seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
            response.putHeader("retry-after", Long.toString(seconds));
        }
        response.end(refusal.line());
    }

    private static @Nullable String eventId(RoutingContext context) {
        String id = context.request().getHeader("ce-id");
        return id == null ? null : Text.line(id, 100);
    }

    private static boolean isPlatform(RoutingContext context) {
        String path = context.request().path();
        return path != null && path.startsWith(PLATFORM_PATH);
    }
}
