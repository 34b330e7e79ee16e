package dev.jitney.ghes;

import java.time.Instant;

/**
 * One attempt to deliver a webhook, as GitHub recorded it.
 *
 * @param id of the attempt; a later attempt has a greater one
 * @param guid of the webhook: the same for every attempt
 * @param deliveredAt when GitHub tried
 * @param redelivery whether somebody asked for this attempt
 * @param status that the receiver answered; 0 or 5xx also if it did not
 * @param event such as {@code workflow_job}
 */
public record HookDelivery(
        long id, String guid, Instant deliveredAt, boolean redelivery, int status, String event) {

    /** Whether it was answered 2xx. */
    public boolean arrived() {
        return status >= 200 && status < 300;
    }
}
