package dev.jitney.cloudevents;

/**
 * The event can never be handled, however often it is delivered. The answer is 422, which no broker
 * repeats; a dead letter sink gets the event.
 *
 * <p>The message goes into the answer and from there into dead letters: it must not hold a secret.
 */
public final class PermanentFailure extends RuntimeException {
    public PermanentFailure(String message) {
        super(message);
    }

    public PermanentFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
