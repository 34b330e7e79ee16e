package dev.jitney.cloudevents;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a function answers an event that it did not take.
 *
 * <p>Brokers deliver again after 404, 408, 409, 429 and every 5xx, and never after any other 4xx
 * (Knative's data plane contract).
 *
 * @param status HTTP status, 400 to 599
 * @param line body of the answer, one line of text without secrets; brokers copy it into dead
 *     letters. Cut at {@value #LINE_CHARACTERS_MAX} characters
 * @param retryAfter how long it is of no use to try again; null if unknown
 */
public record Refusal(int status, String line, @Nullable Duration retryAfter) {
    static final int LINE_CHARACTERS_MAX = 300;

    public Refusal {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("not the status of a failure: " + status);
        }
        line = Text.line(line, LINE_CHARACTERS_MAX);
    }

    public Refusal(int status, String line) {
        this(status, line, null);
    }

    /** Tells whether a broker delivers the event again. */
    public boolean isRetried() {
        return status >= 500 || status == 404 || status == 408 || status == 409 || status == 429;
    }
}
