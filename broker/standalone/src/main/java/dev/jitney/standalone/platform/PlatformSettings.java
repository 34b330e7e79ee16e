package dev.jitney.standalone.platform;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the supervisor tells the platform, in a file, because a platform that is started again must
 * be the same. It holds no secret, only where secrets are.
 *
 * @param root of the project, where the manifests and the built functions are
 * @param data of this system
 * @param ports where the platform listens, the same over all its lives
 * @param webhookSecretFile secret of the webhook
 * @param ghesCredentials directory with the credentials for GHES, or file with a token
 * @param ghesCaFile certificate of a private authority; null for none
 * @param environment of the functions, wins over the manifests
 * @param delivery how the broker behaves
 * @param idle replaces the window after which idle functions stop; null follows the manifests
 * @param training whether functions write their ahead-of-time caches when they stop
 */
public record PlatformSettings(
        Path root,
        Path data,
        Ports ports,
        Path webhookSecretFile,
        Path ghesCredentials,
        @Nullable Path ghesCaFile,
        Map<String, String> environment,
        Delivery delivery,
        @Nullable Duration idle,
        boolean training) {
    public PlatformSettings {
        environment = Map.copyOf(environment);
    }

    /** Ports of the loopback address. */
    public record Ports(int gateway, int broker, int infinispan) {}

    /**
     * How the broker behaves.
     *
     * @param tick replaces the schedule of PingSources; null follows the manifests
     * @param forceToDisk whether events are forced to the disk before they are accepted
     * @param faults none, light or heavy
     * @param seed of the faults
     */
    public record Delivery(
            @Nullable Duration tick, boolean forceToDisk, String faults, long seed) {}

    /** Writes them to a file. */
    public void write(Path file) throws IOException {
        JsonObject variables = new JsonObject();
        new TreeMap<>(environment).forEach(variables::put);
        JsonObject json =
                new JsonObject()
                        .put("root", root.toString())
                        .put("data", data.toString())
                        .put("gateway", ports.gateway())
                        .put("broker", ports.broker())
                        .put("infinispan", ports.infinispan())
                        .put("webhookSecretFile", webhookSecretFile.toString())
                        .put("ghesCredentials", ghesCredentials.toString())
                        .put("ghesCaFile", ghesCaFile == null ? null : ghesCaFile.toString())
                        .put("environment", variables)
                        .put("tickMillis", millis(delivery.tick()))
                        .put("forceToDisk", delivery.forceToDisk())
                        .put("faults", delivery.faults())
                        .put("seed", delivery.seed())
                        .put("idleMillis", millis(idle))
                        .put("training", training);
        Files.writeString(file, json.encodePrettily() + "\n");
    }

    /** Reads what {@link #write} wrote. */
    public static PlatformSettings read(Path file) throws IOException {
        JsonObject json = new JsonObject(Files.readString(file));
        Map<String, String> environment = new TreeMap<>();
        json.getJsonObject("environment")
                .forEach(entry -> environment.put(entry.getKey(), (String) entry.getValue()));
        return new PlatformSettings(
                Path.of(json.getString("root")),
                Path.of(json.getString("data")),
                new Ports(
                        json.getInteger("gateway"),
                        json.getInteger("broker"),
                        json.getInteger("infinispan")),
                Path.of(json.getString("webhookSecretFile")),
                Path.of(json.getString("ghesCredentials")),
                json.getString("ghesCaFile") == null ? null : Path.of(json.getString("ghesCaFile")),
                environment,
                new Delivery(
                        duration(json.getLong("tickMillis")),
                        json.getBoolean("forceToDisk"),
                        json.getString("faults"),
                        json.getLong("seed")),
                duration(json.getLong("idleMillis")),
                json.getBoolean("training"));
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : Long.valueOf(duration.toMillis());
    }

    private static @Nullable Duration duration(@Nullable Long millis) {
        return millis == null ? null : Duration.ofMillis(millis);
    }
}
