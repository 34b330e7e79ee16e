package dev.jitney.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String line) {
        CommandLine jitney = Jitney.commandLine();
        jitney.setOut(new PrintWriter(out));
        jitney.setErr(new PrintWriter(err));
        return jitney.execute(line.isEmpty() ? new String[0] : line.split(" ", -1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "down",
                "--bogus",
                "up --bogus",
                "up extra",
                "up --port",
                "up --port many",
                "up --port 65536",
                "up --ghes-url http://ghes",
                "up --ghes-url nonsense --ghes-token-file pom.xml",
                "up --ghes-url http://ghes --ghes-token-file no/such/file",
                "up --ghes-url http://ghes --ghes-token-file pom.xml --ghes-credentials .",
                "up --ghes-ca-file pom.xml",
                "webhook",
                "webhook install --scope some",
                "webhook install --scope global --org acme --url http://x/ --secret-file pom.xml"
                        + " --ghes-url http://127.0.0.1:1 --ghes-token-file pom.xml",
                "doctor --url nonsense",
                "doctor --ghes-url http://127.0.0.1:1",
                "doctor --only some",
                "doctor --broker nats",
                "install",
                "up --kubeconfig no/such/file",
                "up --webhook-secret-file no/such/file",
                "up --set capacity",
                "up --set capcity=5",
                "up --set tick=often",
                "demo --orgs 0",
                "demo --jobs x",
                "demo --speed 0",
                "demo --faults some",
                "demo --json no/such/directory/file",
                "send",
                "send no/such/file",
                "send pom.xml --url nonsense --secret-file pom.xml",
                "up --policy no/such/file",
                "up --policy pom.xml",
                "up --classes no/such/file",
                "up --classes pom.xml",
                "classes",
                "classes no/such/file",
                "policy",
                "policy set",
                "policy set organization octo",
                "policy set organization team-* --limit 5",
                "policy set organization octo --limit many",
                "policy set capacity -- -1",
                "policy set class GPU --limit 5",
                "policy freeze",
                "policy freeze octo --class gpu",
                "policy freeze team.*",
                "policy boost octo --limit 5",
                "policy boost octo --limit 5 --for ever",
                "policy allow",
                "policy drain now",
                "policy apply no/such/file",
                "policy show team-*"
            })
    void whatMakesNoSenseIsRefusedInOneLine(String line) {
        assertEquals(2, run(line), err.toString());
        List<String> lines = err.toString().lines().toList();
        assertEquals(1, lines.size(), err.toString());
        assertTrue(lines.getFirst().startsWith("jitney: "), err.toString());
        assertTrue(lines.getFirst().endsWith(" --help)"), err.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "up --help",
                "demo --help",
                "send --help",
                "classes --help",
                "install --help",
                "policy --help",
                "policy set class --help"
            })
    void everyCommandHasHelp(String line) {
        assertEquals(0, run(line));
        assertTrue(out.toString().startsWith("Usage: jitney"), out.toString());
    }

    @Test
    void tellsItsVersion() {
        assertEquals(0, run("--version"));
        assertTrue(
                out.toString().matches("jitney [0-9]+\\.[0-9]+\\.[0-9]+\\S*\\R"), out.toString());
    }

    private static String example() {
        return System.getProperty("jitney.root") + "/docs/examples/runner-classes.yaml";
    }

    @Test
    void listsTheClassesOfAFile() {
        assertEquals(0, run("classes " + example()), err.toString());

        assertEquals(7, out.toString().lines().count());
        assertTrue(
                out.toString().contains("gpu                  gpu; at most 8, group gpu"),
                out.toString());
    }

    @Test
    void printsThePodOfAClass() {
        assertEquals(0, run("classes " + example() + " --pod gpu --namespace ci"));

        assertTrue(out.toString().contains("  namespace: \"ci\""), out.toString());
        assertTrue(out.toString().contains("nvidia.com/gpu: \"1\""), out.toString());
        assertEquals(2, run("classes " + example() + " --pod gpus"));
    }

    @Test
    void saysWhereAFileOfClassesIsWrong() throws IOException {
        Path file = Path.of("target/classes.yaml");
        Files.writeString(file, "classes:\n  - name: a\n    labels: [a]\n    imag: own/a:1\n");

        assertEquals(1, run("classes " + file));
        assertEquals(
                "jitney: target/classes.yaml line 4: 'imag' is not known; did you mean image?",
                err.toString().strip());
    }

    @Test
    void aPolicyNeedsASystem() {
        assertEquals(1, run("policy drain --data target/no-system-here"));
        assertTrue(err.toString().startsWith("jitney: no system is up on "), err.toString());
    }

    @Test
    void sendingNeedsASystem() {
        assertEquals(1, run("send pom.xml --data target/no-system-here"));
        assertTrue(err.toString().startsWith("jitney: no system is up on "), err.toString());
    }
}
