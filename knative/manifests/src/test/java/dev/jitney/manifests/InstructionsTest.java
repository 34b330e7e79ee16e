package dev.jitney.manifests;

import static dev.jitney.manifests.Overlays.ofKind;
import static dev.jitney.manifests.Overlays.one;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/install.md, docs/install-by-hand.md and docs/install-kn.md tell people to copy. */
class InstructionsTest {
    private static final Path DOCS = Overlays.ROOT.resolve("docs");

    private static String text(String name) {
        try {
            return Files.readString(DOCS.resolve(name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String found(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
        assertTrue(matcher.find(), pattern);
        return matcher.group(1);
    }

    /** The kustomization as a shell would write it. */
    private static List<ObjectNode> site() throws IOException {
        String kustomization =
                found(text("install-by-hand.md"), "kustomization.yaml <<END\n(.*?)END\n");
        Path site = Overlays.ROOT.resolve("knative/manifests/target/my-jitney");
        Files.createDirectories(site);
        Files.writeString(
                site.resolve("kustomization.yaml"),
                kustomization
                        .replace("../knative/overlays", "../../../overlays")
                        .replace("$REGISTRY", "r.example")
                        .replace("$TAG", "7")
                        .replace("$GHES", "https://ghes.corp")
                        .replace("$KAFKA", "kafka.corp:9092")
                        .replace("$CAPACITY", "50"));
        return Rendering.of(site);
    }

    @Test
    void theKustomizationOfASiteSaysWhatItShould() throws IOException {
        List<ObjectNode> resources = site();

        ObjectNode settings = one(resources, "ConfigMap", "jitney");
        assertEquals("https://ghes.corp", settings.at("/data/JITNEY_GHES_URL").asText());
        assertEquals("50", settings.at("/data/JITNEY_CAPACITY").asText());
        assertEquals(
                "50", one(resources, "ResourceQuota", "runners").at("/spec/hard/pods").asText());
        assertEquals(
                "kafka.corp:9092",
                one(resources, "ConfigMap", "events-kafka").at("/data/bootstrap.servers").asText());
        assertEquals(
                "10.96.0.0/12",
                one(resources, "NetworkPolicy", "web")
                        .at("/spec/egress/0/to/0/ipBlock/except/2")
                        .asText());
    }

    @Test
    void theKustomizationOfASiteNamesAnImageForEveryFunction() throws IOException {
        for (ObjectNode service : ofKind(site(), "Service")) {
            assertEquals(
                    "r.example/" + Overlays.nameOf(service) + ":7",
                    service.at("/spec/template/spec/containers/0/image").asText());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"install-by-hand.md", "install-kn.md"})
    void everyFileThatIsNamedIsThere(String name) {
        Matcher files =
                Pattern.compile("(?:-f |-k |=)((?:knative|infinispan)/[^\\s`,]+)")
                        .matcher(text(name));
        List<String> named = new ArrayList<>();
        while (files.find()) {
            named.add(files.group(1));
        }
        assertFalse(named.isEmpty());
        for (String file : named) {
            assertTrue(Files.exists(Overlays.ROOT.resolve(file)), name + " names " + file);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"install.md", "install-by-hand.md", "install-kn.md", "security.md"})
    void everyOverlayAndPageThatIsNamedIsThere(String name) {
        Matcher overlays =
                Pattern.compile("knative/(?:overlays|components)/[a-z-]+").matcher(text(name));
        while (overlays.find()) {
            assertTrue(
                    Files.isDirectory(Overlays.ROOT.resolve(overlays.group())), overlays.group());
        }
        Matcher links =
                Pattern.compile("\\]\\(([a-z0-9/.-]+)(?:#[a-z0-9-]+)?\\)").matcher(text(name));
        while (links.find()) {
            boolean there = Files.exists(DOCS.resolve(links.group(1)));
            // ghes.md is written together with the functions' credentials.
            assertTrue(
                    there || links.group(1).equals("ghes.md"), name + " links " + links.group(1));
        }
    }
}
