package dev.jitney.ghes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How a webhook is to be: JSON about jobs, signed, to a receiver whose certificate is verified.
 *
 * @param url that is to be posted to
 * @param secret that deliveries are to be signed with; never logged
 */
public record HookRequest(String url, String secret) {
    /** The event that it tells of. */
    public static final String EVENT = "workflow_job";

    /** The body of a request about a webhook. */
    String json(boolean isNew) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (isNew) body.put("name", "web");
        body.put("active", true);
        body.putArray("events").add(EVENT);
        body.set("config", node());
        return body.toString();
    }

    /** The body of a request about the configuration alone. */
    String config() {
        return node().toString();
    }

    private ObjectNode node() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("url", url)
                .put("content_type", "json")
                .put("insecure_ssl", "0")
                .put("secret", secret);
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "HookRequest[url=" + url + "]";
    }
}
