package dev.jitney.cleanup;

import dev.jitney.core.Held;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;

/** What the extensions of a dead letter say about the last failure. */
final class DeadLetter {
    private DeadLetter() {}

    /** Whom the provisioner's last answer, kept in {@code knativeerrordata}, names. */
    static Held blames(Map<String, String> extensions) {
        String data = extensions.getOrDefault("knativeerrordata", "");
        String answer = decode(data).toLowerCase(Locale.ROOT);
        return answer.contains("pod") || answer.contains("kubernetes") || answer.contains("secret")
                ? Held.KUBERNETES_ERROR
                : Held.GHES_ERROR;
    }

    private static String decode(String data) {
        try {
            return new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return data; // Cut off by the broker, or written by another one: read it as it is.
        }
    }
}
