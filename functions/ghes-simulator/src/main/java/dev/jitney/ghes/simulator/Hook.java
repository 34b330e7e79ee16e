package dev.jitney.ghes.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * A webhook as it is set up.
 *
 * @param id of it
 * @param owner key of the organization; empty for one of the whole server or of the App
 * @param kind whose it is
 * @param config where to and how
 * @param events it tells of
 * @param active whether it tells anything
 */
record Hook(
        long id, String owner, HookKind kind, Config config, List<String> events, boolean active) {

    /**
     * Where to and how.
     *
     * @param url that is posted to
     * @param contentType {@code json} or {@code form}
     * @param secret signed with; empty for none
     * @param insecureSsl {@code 1} if any certificate will do
     */
    record Config(String url, String contentType, String secret, String insecureSsl) {
        /** Of a request; what is not given has its default, and no secret is none. */
        static Config of(JsonObject given) {
            return new Config(
                    given.getString("url", ""),
                    given.getString("content_type", "form"),
                    given.getString("secret", ""),
                    String.valueOf(given.getValue("insecure_ssl", "0")));
        }

        /** The same with what was given. */
        Config with(JsonObject given) {
            return new Config(
                    given.getString("url", url),
                    given.getString("content_type", contentType),
                    given.getString("secret", secret),
                    String.valueOf(given.getValue("insecure_ssl", insecureSsl)));
        }

        JsonObject json() {
            var json =
                    new JsonObject()
                            .put("content_type", contentType)
                            .put("insecure_ssl", insecureSsl);
            if (!url.isEmpty()) json.put("url", url);
            return secret.isEmpty() ? json : json.put("secret", "********");
        }

        /** Leaves the secret out. */
        @Override
        public String toString() {
            return "Config[url=" + url + ", contentType=" + contentType + "]";
        }
    }

    boolean tells(String event) {
        return active && (events.contains(event) || events.contains("*"));
    }

    Hook with(Config value) {
        return new Hook(id, owner, kind, value, events, active);
    }

    /** What GitHub calls the level in the headers of a delivery. */
    String targetType() {
        return switch (kind) {
            case GLOBAL -> "business";
            case ORGANIZATION -> "organization";
            case APP -> "integration";
        };
    }

    /**
     * As it is shown.
     *
     * @param url below which it is found
     */
    JsonObject json(String url) {
        var json =
                new JsonObject()
                        .put("type", kind == HookKind.GLOBAL ? "Global" : "Organization")
                        .put("id", id)
                        .put("name", "web")
                        .put("active", active)
                        .put("events", new JsonArray(events))
                        .put("config", config.json())
                        .put("url", url)
                        .put("ping_url", url + "/pings")
                        .put("created_at", "2026-01-01T00:00:00Z")
                        .put("updated_at", "2026-01-01T00:00:00Z");
        return kind == HookKind.GLOBAL ? json : json.put("deliveries_url", url + "/deliveries");
    }
}
