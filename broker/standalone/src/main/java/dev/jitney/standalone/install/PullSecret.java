package dev.jitney.standalone.install;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/**
 * Who may pull the images of the functions: a file as container tools write it, {@code
 * ~/.docker/config.json}. Its text is not to be shown.
 *
 * @param text what the Secret holds
 */
public record PullSecret(String text) {
    /** Name of the Secret. */
    static final String NAME = "registry";

    /**
     * Looks into a file.
     *
     * @param registry registry and path in it, where the images are
     * @throws IllegalArgumentException if it holds no credentials for that registry; names what it
     *     lacks and nothing of what it holds
     */
    public static PullSecret of(String text, String registry) {
        String host = registry.replaceFirst("/.*", "");
        try {
            JsonObject servers = new JsonObject(text).getJsonObject("auths", new JsonObject());
            boolean isThere =
                    servers.fieldNames().stream()
                            .filter(each -> hostOf(each).equals(host))
                            .map(servers::getJsonObject)
                            .anyMatch(PullSecret::hasCredentials);
            if (isThere) {
                return new PullSecret(text);
            }
        } catch (DecodeException | ClassCastException notJson) {
            throw new IllegalArgumentException(
                    "--pull-secret-file: this is no config.json of a container tool");
        }
        throw new IllegalArgumentException(
                "--pull-secret-file: holds no credentials for "
                        + host
                        + ", or a helper of this machine holds them; docs/install.md makes a file");
    }

    private static String hostOf(String server) {
        return server.replaceFirst("^https?://", "").replaceFirst("/.*", "");
    }

    private static boolean hasCredentials(JsonObject server) {
        return server.containsKey("auth") || server.containsKey("password");
    }

    /** Leaves the text out. */
    @Override
    public String toString() {
        return "PullSecret";
    }
}
