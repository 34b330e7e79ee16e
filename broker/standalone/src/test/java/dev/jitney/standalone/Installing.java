package dev.jitney.standalone;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Files that install is given, a directory that it makes, and what it says. */
abstract class Installing {
    static final String REGISTRY = "registry.example.com/jitney";

    @TempDir Path directory;
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    @BeforeEach
    void givenFiles() throws IOException {
        write("webhook-secret", "s3cret-old\ns3cret-new\n");
        write("token", "t0ken\n");
        write("key.pem", "k3y");
        write("infinispan.crt", "certificate");
        write("infinispan.key", "h1dden");
        write("ca.pem", "authority");
        write("helper.json", "{\"auths\":{\"registry.example.com\":{}},\"credsStore\":\"x\"}");
    }

    void write(String name, String content) throws IOException {
        Files.writeString(directory.resolve(name), content);
    }

    Path site() {
        return directory.resolve("site");
    }

    /** Names of files are made whole; what is given twice counts as it was given last. */
    int install(String line) {
        CommandLine jitney = Jitney.commandLine().setOverwrittenOptionsAllowed(true);
        jitney.setOut(new PrintWriter(out));
        jitney.setErr(new PrintWriter(err));
        List<String> all = new ArrayList<>(List.of("install", "--registry", REGISTRY));
        all.addAll(List.of("--tag", "7", "--out", site().toString()));
        for (String word : ("--webhook-secret-file @webhook-secret " + line).split(" ", -1)) {
            all.add(word.startsWith("@") ? directory.resolve(word.substring(1)) + "" : word);
        }
        int code = jitney.execute(all.toArray(String[]::new));
        for (String secret : List.of("s3cret", "t0ken", "k3y", "h1dden")) {
            assertFalse((out.toString() + err).contains(secret), "a secret was printed");
        }
        return code;
    }

    static final String KAFKA =
            "--ghes-url https://ghes.corp/ --no-check --ghes-token-file @token --kafka k.corp:9092"
                    + " --capacity 50 --infinispan-cert-file @infinispan.crt"
                    + " --infinispan-key-file @infinispan.key";

    static final String MT =
            "--ghes-url https://ghes.corp --no-check --broker mt --ghes-token-file @token";

    static ObjectNode one(List<ObjectNode> resources, String kind, String name) {
        return resources.stream()
                .filter(each -> each.path("kind").asText().equals(kind))
                .filter(each -> each.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
    }

    static String value(ObjectNode secret, String key) {
        String encoded = secret.path("data").path(key).asText();
        return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    }

    /** Every file but the password, which differs from run to run. */
    SortedMap<String, String> files() throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(site())) {
            for (Path each : walk.filter(Files::isRegularFile).toList()) {
                String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(each));
                files.put(site().relativize(each).toString(), mode + " " + Files.readString(each));
            }
        }
        return files;
    }

    /** The same without an option and its value. */
    int install(String line, String without) {
        return install(line.replaceAll(" " + without + " \\S+", ""));
    }
}
