package dev.jitney.standalone.platform;

import dev.jitney.broker.activator.Secrets;
import dev.jitney.ghes.GhesConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The Secrets that operators make on a cluster, read from files of this machine each time. */
final class GivenSecrets implements Secrets {
    private final PlatformSettings settings;

    GivenSecrets(PlatformSettings settings) {
        this.settings = settings;
    }

    @Override
    public Optional<Map<String, String>> secret(String namespace, String name) {
        return switch (name) {
            case "ghes-webhook" ->
                    Optional.of(Map.of("secrets", content(settings.webhookSecretFile())));
            case "ghes-credentials" -> Optional.of(credentials(settings.ghesCredentials()));
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<Map<String, String>> configMap(String namespace, String name) {
        return name.equals("ghes-ca")
                ? Optional.ofNullable(settings.ghesCaFile())
                        .map(file -> Map.of("ca.crt", content(file)))
                : Optional.empty();
    }

    private static Map<String, String> credentials(Path from) {
        if (!Files.isDirectory(from)) {
            return Map.of("token", content(from));
        }
        Map<String, String> found = new TreeMap<>();
        for (String key : GhesConnection.CREDENTIAL_FILES) {
            if (Files.exists(from.resolve(key))) {
                found.put(key, content(from.resolve(key)));
            }
        }
        return found;
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
