package dev.jitney.standalone;

import dev.jitney.core.event.EventTypes;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;

/**
 * The event that makes the reconciler serve whoever may have more than before. Without it the next
 * tick does.
 *
 * @param change id of the change
 */
record PolicyAnnouncement(String change, long revision, Instant when) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Whether the broker took it. */
    boolean send(URI broker) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(broker)
                        .timeout(PATIENCE)
                        .header("ce-specversion", "1.0")
                        .header("ce-id", "policy/" + change)
                        .header("ce-source", "/jitney/policy")
                        .header("ce-type", EventTypes.POLICY_CHANGED)
                        .header("ce-time", when.toString())
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        new JsonObject().put("revision", revision).encode()))
                        .build();
        try (HttpClient http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(PATIENCE)
                        .build()) {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() / 100
                    == 2;
        } catch (IOException e) {
            return false;
        }
    }
}
