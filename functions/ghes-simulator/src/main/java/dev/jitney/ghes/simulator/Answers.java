package dev.jitney.ghes.simulator;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;

/** How every answer leaves, or, if a fault has it so, does not. */
final class Answers {

    private static final String WITHHELD = "withheld";
    private static final long HELD_MILLIS = Duration.ofMinutes(1).toMillis();
    private static final String DOCUMENTATION =
            "https://docs.github.com/enterprise-server@3.14/rest";

    private Answers() {}

    /** Whatever is answered later will never be sent. */
    static void withhold(RoutingContext context) {
        context.put(WITHHELD, true);
    }

    static void json(RoutingContext context, int status, JsonObject body) {
        send(context, status, body.toBuffer());
    }

    static void json(RoutingContext context, int status, JsonArray body) {
        send(context, status, body.toBuffer());
    }

    static void empty(RoutingContext context, int status) {
        send(context, status, Buffer.buffer());
    }

    static void error(RoutingContext context, int status, String message) {
        json(context, status, problem(message));
    }

    /** GitHub's 422: the same, with a list. */
    static void invalid(RoutingContext context, String message, List<String> errors) {
        json(context, 422, problem(message).put("errors", new JsonArray(errors)));
    }

    /** GitHub's other 422, about a field of a hook. */
    static void invalidHook(RoutingContext context, String field, String message) {
        var error =
                new JsonObject()
                        .put("resource", "Hook")
                        .put("field", field)
                        .put("code", "custom")
                        .put("message", message);
        json(context, 422, problem("Validation Failed").put("errors", JsonArray.of(error)));
    }

    static void notFound(RoutingContext context) {
        error(context, 404, "Not Found");
    }

    private static JsonObject problem(String message) {
        return new JsonObject().put("message", message).put("documentation_url", DOCUMENTATION);
    }

    private static void send(RoutingContext context, int status, Buffer body) {
        HttpServerResponse response = context.response();
        if (context.get(WITHHELD) != null) {
            // Held until the caller gives up, or for a minute: then the connection breaks.
            context.vertx().setTimer(HELD_MILLIS, _ -> context.request().connection().close());
            return;
        }
        if (response.ended() || response.closed()) return;
        response.setStatusCode(status);
        if (status == 204) {
            response.end();
            return;
        }
        response.putHeader("Content-Type", "application/json; charset=utf-8").end(body);
    }
}
