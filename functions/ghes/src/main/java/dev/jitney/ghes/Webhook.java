package dev.jitney.ghes;

import java.util.List;

/**
 * A webhook as GHES shows it.
 *
 * @param id of it; 0 for that of an App, which has only one
 * @param url that is posted to; empty if none is set
 * @param contentType {@code json} or {@code form}
 * @param verifiesTls whether the receiver's certificate is verified
 * @param hasSecret whether deliveries are signed; nobody can read with what
 * @param events it tells of; empty for an App, whose events are set in its settings
 * @param active whether it tells anything
 */
public record Webhook(
        long id,
        String url,
        String contentType,
        boolean verifiesTls,
        boolean hasSecret,
        List<String> events,
        boolean active) {
    public Webhook {
        events = List.copyOf(events);
    }
}
