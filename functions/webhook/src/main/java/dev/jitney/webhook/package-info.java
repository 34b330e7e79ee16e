/**
 * Receives the webhooks of GitHub Enterprise Server and hands each job event to the broker. Holds
 * no state. {@link dev.jitney.webhook.Signature} and {@link dev.jitney.webhook.WebhookMapping} are
 * pure; {@link dev.jitney.webhook.WebhookRoute} is the HTTP around them.
 */
@NullMarked
package dev.jitney.webhook;

import org.jspecify.annotations.NullMarked;
