package dev.jitney.broker.dispatcher.delivery;

import dev.jitney.broker.dispatcher.RetryRules;
import dev.jitney.broker.dispatcher.ingress.HttpEvents;
import io.cloudevents.CloudEvent;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an attempt came to. */
sealed interface Outcome {
    /** The subscriber took the event and has nothing to say. */
    record Taken() implements Outcome {}

    /** The subscriber took the event and answered with another. */
    record Replied(CloudEvent reply) implements Outcome {}

    /**
     * The subscriber did not take the event.
     *
     * @param retryable whether a further attempt may help
     * @param reason for the log
     * @param response null when there was none
     */
    record Failed(boolean retryable, String reason, @Nullable Response response)
            implements Outcome {

        /** No answer: refused, cut off, too slow, or no instance. */
        static Failed withoutResponse(Throwable cause) {
            String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
            return new Failed(true, reason, null);
        }
    }

    /** The statuses below 500 on which Knative's brokers try again. */
    Set<Integer> RETRYABLE = Set.of(404, 408, 409, 429);

    /** Judges an answer. */
    static Outcome of(Response response, RetryRules rules) {
        int status = response.status();
        if (status < 200 || status > 299) {
            boolean retryable = status >= 500 || RETRYABLE.contains(status);
            return new Failed(retryable, "status " + status, response);
        }
        if (status != 200) {
            return new Taken();
        }
        if (!HttpEvents.claimsToBeEvent(response.headers())) {
            return response.body().length() == 0 ? new Taken() : malformed("no event", rules);
        }
        try {
            return new Replied(HttpEvents.read(response.headers(), response.body()));
        } catch (HttpEvents.NotAnEvent wrong) {
            return malformed(String.valueOf(wrong.getMessage()), rules);
        }
    }

    private static Failed malformed(String why, RetryRules rules) {
        String reason = "the reply is not empty and no CloudEvent: " + why;
        if (!rules.retriesMalformedReply()) {
            return new Failed(false, reason, null);
        }
        Buffer body = Buffer.buffer(reason);
        return new Failed(
                true, reason, new Response(502, MultiMap.caseInsensitiveMultiMap(), body));
    }
}
