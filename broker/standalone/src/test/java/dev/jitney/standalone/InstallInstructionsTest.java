package dev.jitney.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jitney.manifests.Rendering;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What pages say of install, and what somebody adds to what it made. */
final class InstallInstructionsTest extends Installing {
    @Test
    void ownChangesAreTakenIn_andLeftAlone() throws IOException {
        assertEquals(0, install(MT), err.toString());
        Path own = Files.createDirectory(site().resolve("own"));
        String text =
                """
                kind: Component
                patches:
                  - target: {kind: ConfigMap, name: jitney}
                    patch: |
                      - {op: replace, path: /data/JITNEY_ORG_LIMIT, value: "3"}
                """;
        Files.writeString(own.resolve("kustomization.yaml"), text);

        assertEquals(0, install(MT), err.toString());

        ObjectNode settings = one(Rendering.of(site()), "ConfigMap", "jitney");
        assertEquals("3", settings.at("/data/JITNEY_ORG_LIMIT").asText());
        assertEquals(text, Files.readString(own.resolve("kustomization.yaml")));
    }

    @Test
    void ownChangesOfInfinispanAreTakenIn_andLeftAlone() throws IOException {
        assertEquals(0, install(KAFKA), err.toString());
        Path own = Files.createDirectory(site().resolve("infinispan/own"));
        String text =
                """
                kind: Component
                patches:
                  - target: {kind: Infinispan, name: infinispan}
                    patch: |
                      - {op: replace, path: /spec/service/container/storage, value: 5Gi}
                """;
        Files.writeString(own.resolve("kustomization.yaml"), text);

        assertEquals(0, install(KAFKA), err.toString());

        ObjectNode cluster =
                one(Rendering.of(site().resolve("infinispan")), "Infinispan", "infinispan");
        assertEquals("5Gi", cluster.at("/spec/service/container/storage").asText());
        assertEquals(text, Files.readString(own.resolve("kustomization.yaml")));
    }

    /** Those of the instructions, in their order: of the functions, and of Infinispan. */
    @Test
    void theChangesOfTheInstructionsCanBeMade() throws IOException {
        assertEquals(0, install(KAFKA), err.toString());
        String page = Files.readString(Project.current().root().resolve("docs/install.md"));
        List<String> components =
                Pattern.compile("```yaml\n(.*?kind: Component.*?)```", Pattern.DOTALL)
                        .matcher(page)
                        .results()
                        .map(each -> each.group(1))
                        .toList();
        assertEquals(2, components.size());
        List<String> places = List.of("own", "infinispan/own");
        for (int i = 0; i < places.size(); i++) {
            Path own = Files.createDirectory(site().resolve(places.get(i)));
            Files.writeString(own.resolve("kustomization.yaml"), components.get(i));
        }

        assertEquals(0, install(KAFKA), err.toString());

        ObjectNode settings = one(Rendering.of(site()), "ConfigMap", "jitney");
        assertEquals("20", settings.at("/data/JITNEY_ORG_LIMIT").asText());
        ObjectNode cluster =
                one(Rendering.of(site().resolve("infinispan")), "Infinispan", "infinispan");
        assertEquals("fast", cluster.at("/spec/service/container/storageClassName").asText());
    }

    /** Lines of code with what a backslash continues; a text in quotes is one word. */
    static Stream<String> commandsOfTheInstructions() throws IOException {
        List<String> commands = new ArrayList<>();
        for (String name : List.of("install", "ghes", "policy", "upgrade", "runner-classes")) {
            Path page = Project.current().root().resolve("docs/" + name + ".md");
            Files.readString(page)
                    .replaceAll("\\\\\\n\\s*", "")
                    .lines()
                    .map(line -> line.strip().replaceFirst("^\\$ ", ""))
                    .filter(line -> line.startsWith("./jitney ") && !line.contains(" ... "))
                    .map(line -> line.substring("./jitney ".length()).replaceFirst(" [>#] .*", ""))
                    .map(line -> line.replaceAll("\"[^\"]*\"", "words").strip())
                    .forEach(commands::add);
        }
        return commands.stream();
    }

    @ParameterizedTest
    @MethodSource("commandsOfTheInstructions")
    void everyCommandOfTheInstructionsIsUnderstood(String line) {
        Jitney.commandLine().parseArgs(line.split(" ", -1));
    }
}
