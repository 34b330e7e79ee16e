package dev.jitney.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Golden files; {@code -Djitney.golden.update=true} writes them anew. */
final class Golden {
    static final Path DIRECTORY = Path.of("src/test/resources/runner-pod");

    private Golden() {}

    static void assertGolden(String name, Object resource) throws IOException {
        Path file = DIRECTORY.resolve(name + ".yaml");
        String rendered = Serialization.asYaml(resource);
        if (Boolean.getBoolean("jitney.golden.update")) {
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, rendered, UTF_8);
        }
        assertEquals(Files.readString(file, UTF_8), rendered);
    }
}
