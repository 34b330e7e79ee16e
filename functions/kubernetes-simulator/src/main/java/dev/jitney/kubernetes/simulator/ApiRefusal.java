package dev.jitney.kubernetes.simulator;

import io.vertx.core.json.JsonObject;

/** Ends a call with a Status. It has no stack trace: refusing is ordinary work of an API server. */
final class ApiRefusal extends RuntimeException {
    private final int code;
    private final String reason;
    private final JsonObject details;

    ApiRefusal(int code, String reason, String message, JsonObject details) {
        super(message, null, false, false);
        this.code = code;
        this.reason = reason;
        this.details = details;
    }

    int code() {
        return code;
    }

    String reason() {
        return reason;
    }

    JsonObject details() {
        return details;
    }
}
