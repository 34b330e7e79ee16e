package dev.jitney.webhook;

/** A payload lacks what every payload has. The message names the field and quotes nothing. */
final class MalformedPayload extends RuntimeException {
    MalformedPayload(String message) {
        super(message);
    }
}
