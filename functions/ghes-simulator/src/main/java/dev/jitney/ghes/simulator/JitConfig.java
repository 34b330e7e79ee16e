package dev.jitney.ghes.simulator;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The configuration of a runner: base64 of a JSON object of file names to base64 contents, which a
 * real runner writes into its directory. Only the id and the key in it mean something here.
 *
 * @param runnerId the registration
 * @param key the secret of the registration
 */
record JitConfig(long runnerId, String key) {

    String encode(String name, String server) {
        var runner =
                new JsonObject()
                        .put("AgentId", Long.toString(runnerId))
                        .put("AgentName", name)
                        .put("PoolId", "1")
                        .put("PoolName", "Default")
                        .put("ServerUrl", server)
                        .put("WorkFolder", "_work")
                        .put("Ephemeral", "True");
        var credentials =
                new JsonObject()
                        .put("scheme", "OAuth")
                        .put("data", new JsonObject().put("clientId", "runner-" + runnerId));
        var files =
                new JsonObject()
                        .put(".runner", base64(runner.encode()))
                        .put(".credentials", base64(credentials.encode()))
                        .put(
                                ".credentials_rsaparams",
                                base64(new JsonObject().put("d", key).encode()));
        return base64(files.encode());
    }

    /** Empty for anything that is not such a configuration. */
    static Optional<JitConfig> decode(String encoded) {
        try {
            var files = new JsonObject(text(encoded.strip()));
            var runner = new JsonObject(text(files.getString(".runner", "")));
            var secret = new JsonObject(text(files.getString(".credentials_rsaparams", "")));
            return Optional.of(
                    new JitConfig(
                            Long.parseLong(runner.getString("AgentId", "")),
                            secret.getString("d", "")));
        } catch (DecodeException | IllegalArgumentException | ClassCastException malformed) {
            return Optional.empty();
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    /** Leaves the key out. */
    @Override
    public String toString() {
        return "JitConfig[runnerId=" + runnerId + "]";
    }
}
