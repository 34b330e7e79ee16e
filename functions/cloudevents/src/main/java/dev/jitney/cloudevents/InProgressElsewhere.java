package dev.jitney.cloudevents;

/**
 * Another delivery of the same work is being handled right now. The answer is 409, so the broker
 * delivers the event again later.
 *
 * <p>The message goes into the answer and from there into dead letters: it must not hold a secret.
 */
public final class InProgressElsewhere extends RuntimeException {
    public InProgressElsewhere(String message) {
        super(message);
    }
}
