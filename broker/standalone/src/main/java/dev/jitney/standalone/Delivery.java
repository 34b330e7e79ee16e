package dev.jitney.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A webhook delivery as GHES makes it. */
final class Delivery {
    /** GHES waits as long. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final String event;
    private final byte[] body;

    /**
     * @param event for example {@code workflow_job}
     * @param body sent as it is
     */
    Delivery(String event, byte[] body) {
        this.event = event;
        this.body = body.clone();
    }

    /** The value of {@code X-Hub-Signature-256}. */
    static String signature(String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HmacSHA256", impossible);
        }
    }

    /** Sends it, signed; returns whatever is answered. */
    HttpResponse<String> send(URI to, String secret) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(to)
                        .timeout(TIMEOUT)
                        .header("Content-Type", "application/json")
                        .header("User-Agent", "GitHub-Hookshot/jitney")
                        .header("X-GitHub-Event", event)
                        .header("X-GitHub-Delivery", UUID.randomUUID().toString())
                        .header("X-Hub-Signature-256", signature(secret, body))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build();
        try (HttpClient http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(TIMEOUT)
                        .build()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
