package dev.jitney.standalone.platform;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;

/** What the platform tells its supervisor: one line of JSON each, on standard output. */
public sealed interface PlatformMessage {

    /** Everything listens. */
    record Ready() implements PlatformMessage {}

    /** It cannot start; the process ends. */
    record Failed(String reason) implements PlatformMessage {}

    /** A process of a function was started. */
    record FunctionStarted(String function, int instance, long pid) implements PlatformMessage {}

    /** It answers; {@code after} its start. */
    record FunctionReady(String function, int instance, Duration after)
            implements PlatformMessage {}

    /** It ended. {@code reason} is empty when it was told to. */
    record FunctionEnded(String function, int instance, String reason) implements PlatformMessage {}

    /** It printed something worth showing. */
    record Line(String function, String text) implements PlatformMessage {}

    /** The line that {@link #decode} understands, without its end. */
    default String encode() {
        return switch (this) {
            case Ready() -> json("ready").encode();
            case Failed(String reason) -> json("failed").put("reason", reason).encode();
            case FunctionStarted(String function, int instance, long pid) ->
                    json("started")
                            .put("function", function)
                            .put("instance", instance)
                            .put("pid", pid)
                            .encode();
            case FunctionReady(String function, int instance, Duration after) ->
                    json("functionReady")
                            .put("function", function)
                            .put("instance", instance)
                            .put("millis", after.toMillis())
                            .encode();
            case FunctionEnded(String function, int instance, String reason) ->
                    json("ended")
                            .put("function", function)
                            .put("instance", instance)
                            .put("reason", reason)
                            .encode();
            case Line(String function, String text) ->
                    json("line").put("function", function).put("text", text).encode();
        };
    }

    /** The message in a line; empty for a line that is none. */
    static Optional<PlatformMessage> decode(String line) {
        try {
            JsonObject json = new JsonObject(line);
            String function = json.getString("function", "");
            int instance = json.getInteger("instance", 0);
            return Optional.ofNullable(
                    switch (json.getString("type", "")) {
                        case "ready" -> new Ready();
                        case "failed" -> new Failed(json.getString("reason"));
                        case "started" ->
                                new FunctionStarted(function, instance, json.getLong("pid"));
                        case "functionReady" ->
                                new FunctionReady(
                                        function,
                                        instance,
                                        Duration.ofMillis(json.getLong("millis")));
                        case "ended" ->
                                new FunctionEnded(function, instance, json.getString("reason"));
                        case "line" -> new Line(function, json.getString("text"));
                        default -> null;
                    });
        } catch (DecodeException | ClassCastException stray) {
            return Optional.empty();
        }
    }

    private static JsonObject json(String type) {
        return new JsonObject().put("type", type);
    }
}
