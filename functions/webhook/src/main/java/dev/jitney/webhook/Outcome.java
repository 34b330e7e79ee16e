package dev.jitney.webhook;

import java.util.Locale;

/** How a delivery ended, and what GitHub is told: it shows anything but 2xx as failed. */
enum Outcome {
    /** The broker holds the event. */
    FORWARDED(202),
    IGNORED(202),
    PING(200),
    MALFORMED(400),
    UNAUTHORIZED(401),
    TOO_LARGE(413),
    UNSUPPORTED(415),
    /** Too many large bodies at once, or the broker did not take the event. */
    UNAVAILABLE(503);

    private final int status;

    Outcome(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }

    /** Value of a metric's label. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
