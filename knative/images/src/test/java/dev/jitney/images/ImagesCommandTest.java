package dev.jitney.images;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagesCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path project;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void build() throws IOException {
        for (String function : ImagesCommand.FUNCTIONS) {
            Path app = project.resolve("functions/" + function + "/target/quarkus-app");
            write(app.resolve("quarkus-run.jar"), "runs " + function);
            write(app.resolve("app/" + function + ".jar"), function);
            write(app.resolve("lib/main/shared.jar"), "shared");
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private int run(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("--project=" + project, "--base=scratch", "--tag=1.2.3"));
        arguments.addAll(List.of(more));
        return ImagesCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }

    private Path archives(String name) {
        Path directory = project.resolve(name);
        assertEquals(0, run("--to=tar:" + directory), err.toString());
        return directory;
    }

    private static Map<String, byte[]> unpacked(InputStream tar) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (var in = new TarArchiveInputStream(tar)) {
            for (TarArchiveEntry each = in.getNextEntry(); each != null; each = in.getNextEntry()) {
                files.put(
                        "%s %o %d".formatted(each.getName(), each.getMode(), each.getLongUserId()),
                        in.readAllBytes());
            }
        }
        return files;
    }

    private static byte[] file(Map<String, byte[]> files, String name) {
        return files.entrySet().stream()
                .filter(each -> each.getKey().startsWith(name + " "))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not in " + files.keySet()));
    }

    @Test
    void anImageHoldsTheFunction_andRunsItAsNobodySpecial() throws IOException {
        Path archive = archives("images").resolve("webhook.tar");
        Map<String, byte[]> image = unpacked(Files.newInputStream(archive));
        JsonNode manifest = JSON.readTree(file(image, "manifest.json")).get(0);
        assertEquals("jitney/webhook:1.2.3", manifest.at("/RepoTags/0").asText());

        JsonNode config = JSON.readTree(file(image, manifest.get("Config").asText()));
        assertEquals(FunctionImage.USER, config.at("/config/User").asText());
        assertEquals("/app", config.at("/config/WorkingDir").asText());
        assertEquals("java", config.at("/config/Entrypoint/0").asText());
        assertTrue(config.at("/config/ExposedPorts").has("8080/tcp"), config.toPrettyString());
        assertEquals("1970-01-01T00:00:00Z", config.get("created").asText());

        Map<String, byte[]> app = new TreeMap<>();
        for (JsonNode layer : manifest.get("Layers")) {
            app.putAll(
                    unpacked(
                            new GZIPInputStream(
                                    new ByteArrayInputStream(file(image, layer.asText())))));
        }
        assertArrayEquals("runs webhook".getBytes(UTF_8), file(app, "app/quarkus-run.jar"));
        assertArrayEquals("shared".getBytes(UTF_8), file(app, "app/lib/main/shared.jar"));
        assertTrue(
                app.keySet().stream()
                        .allMatch(name -> name.matches(".*/ 40755 0|.*\\.jar 100644 0")),
                app.keySet().toString());
    }

    @Test
    void theSameFilesGiveTheSameImage_wheneverItIsMade() throws Exception {
        Path first = archives("first");
        for (String function : ImagesCommand.FUNCTIONS) {
            Path jar = project.resolve("functions/" + function + "/target/quarkus-app");
            Files.setLastModifiedTime(
                    jar.resolve("quarkus-run.jar"),
                    java.nio.file.attribute.FileTime.fromMillis(1_000_000));
        }
        Path second = archives("second");
        for (String function : ImagesCommand.FUNCTIONS) {
            assertArrayEquals(
                    Files.readAllBytes(first.resolve(function + ".tar")),
                    Files.readAllBytes(second.resolve(function + ".tar")),
                    function);
        }
    }

    @Test
    void pushesToARegistry_withoutAContainerEngine() throws IOException {
        try (var registry = new LocalRegistry()) {
            String place = registry.address() + "/team/jitney";
            assertEquals(0, run("--to=" + place, "--insecure=true"), err.toString());
            assertEquals(
                    ImagesCommand.FUNCTIONS.stream()
                            .map(each -> "/v2/team/jitney/" + each + "/manifests/1.2.3")
                            .sorted()
                            .toList(),
                    List.copyOf(registry.manifests.keySet()));
            JsonNode manifest =
                    JSON.readTree(
                            registry.manifests.get("/v2/team/jitney/cleanup/manifests/1.2.3"));
            JsonNode config = JSON.readTree(registry.blob(manifest.at("/config/digest").asText()));
            assertEquals(
                    "jitney-cleanup",
                    config.at("/config/Labels").path("org.opencontainers.image.title").asText());
            assertTrue(out.toString().contains(place + "/cleanup:1.2.3@sha256:"), out.toString());
        }
    }

    @Test
    void namesBeginWithThePrefix() throws IOException {
        try (var registry = new LocalRegistry()) {
            String place = registry.address() + "/team";
            assertEquals(
                    0, run("--to=" + place, "--prefix=jitney-", "--insecure=true"), err.toString());
            assertTrue(
                    registry.manifests.containsKey("/v2/team/jitney-webhook/manifests/1.2.3"),
                    registry.manifests.keySet().toString());
            assertTrue(out.toString().contains(place + "/jitney-webhook:1.2.3@sha256:"));
        }
        assertEquals(2, run("--to=tar:x", "--prefix=a/b"));
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        Files.delete(project.resolve("functions/cleanup/target/quarkus-app/quarkus-run.jar"));
        assertEquals(1, run("--to=tar:" + project.resolve("images")));
        assertEquals(
                "images: the function cleanup is not built; run ./mvnw package first",
                err.toString().strip());
    }

    @Test
    void refusesWhatIsNoPlaceForImages() {
        assertEquals(2, run("--to=https://registry.example.com/jitney"));
        assertTrue(err.toString().contains("write a registry and a path in it"), err.toString());
        assertEquals(2, run("--to=tar:x", "--platforms=amd64"));
        assertFalse(Files.exists(project.resolve("x")));
    }
}
