package dev.jitney.broker.dispatcher.delivery;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.jackson.JsonFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/**
 * {@code dead-letters.jsonl}: one line for every event that a subscriber did not take, whether or
 * not a sink took it. The file is moved to {@code dead-letters.1.jsonl} when it grows too large.
 */
final class DeadLetterFile {
    private static final long BYTES_MAX = 16L << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    DeadLetterFile(Path directory) {
        file = directory.resolve("dead-letters.jsonl");
    }

    /** Returns the file it wrote to. */
    Path append(String trigger, String destination, String reason, int attempts, CloudEvent event)
            throws IOException {
        ObjectNode line = JSON.createObjectNode();
        line.put("time", Instant.now().toString());
        line.put("trigger", trigger);
        line.put("destination", destination);
        line.put("reason", reason);
        line.put("attempts", attempts);
        line.set("event", JSON.readTree(new JsonFormat().serialize(event)));
        if (Files.exists(file) && Files.size(file) > BYTES_MAX) {
            Files.move(
                    file,
                    file.resolveSibling("dead-letters.1.jsonl"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        return Files.writeString(
                file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
