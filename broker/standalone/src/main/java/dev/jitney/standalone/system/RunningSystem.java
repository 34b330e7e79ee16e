package dev.jitney.standalone.system;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A system that another process keeps up, found by its data directory. */
public record RunningSystem(JsonObject addresses) {

    /** The system that is up on a data directory; empty if there is none. */
    public static Optional<RunningSystem> on(Path data) {
        Path file = data.resolve("up.json");
        if (!Files.exists(file) || !DataDirectory.isHeld(data)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new RunningSystem(new JsonObject(Files.readString(file))));
        } catch (IOException | DecodeException unreadable) {
            throw new StartFailed("cannot read " + file, unreadable);
        }
    }

    /** An address by its name. */
    public Optional<String> address(String name) {
        return Optional.ofNullable(addresses.getString(name));
    }
}
