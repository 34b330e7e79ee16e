package dev.jitney.manifests;

import static dev.jitney.manifests.Overlays.nameOf;
import static dev.jitney.manifests.Overlays.ofKind;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What knative/kn-deploy tells kn is what knative/base says. */
class KnDeployTest {
    private static final List<ObjectNode> BASE = Rendering.of(Overlays.BASE);

    @TempDir private Path temporary = Path.of("");

    @BeforeEach
    void aKnThatWritesDownWhatItIsTold() throws IOException {
        Path kn = temporary.resolve("kn");
        Files.writeString(
                kn,
                """
                #!/bin/sh
                case "$*" in *" describe "*) [ -e "$0.there" ] || exit 1; exit 0;; esac
                echo "$*" >> "$0.calls"
                """);
        assertTrue(kn.toFile().setExecutable(true));
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(temporary.resolve("kn.calls"));
    }

    private String run(int code, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(Overlays.ROOT.resolve("knative/kn-deploy").toString()));
        command.addAll(List.of(arguments));
        Path output = temporary.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment()
                .merge("PATH", temporary.toString(), (path, first) -> first + ":" + path);
        Process process = builder.start();
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        assertEquals(code, process.exitValue(), Files.readString(output));
        return Files.readString(output);
    }

    private String deploy(String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--registry", "r.example", "--tag", "7"));
        arguments.addAll(List.of(more));
        return run(0, arguments.toArray(String[]::new));
    }

    @Test
    void everyServiceIsTheFileWithItsImage() throws Exception {
        deploy();

        Set<String> expected = new TreeSet<>();
        ofKind(BASE, "Service")
                .forEach(
                        each ->
                                expected.add(
                                        "service apply %1$s --namespace jitney --filename %2$s/services/%1$s.yaml --image r.example/%1$s:7 --no-wait"
                                                .formatted(nameOf(each), Overlays.BASE)));
        assertEquals(expected, callsOf("service apply"));
    }

    @Test
    void everyTriggerFiltersAndLeadsAsItsFileSays() throws Exception {
        deploy();

        Set<String> expected = new TreeSet<>();
        for (ObjectNode trigger : ofKind(BASE, "Trigger")) {
            assertEquals(1, trigger.at("/spec/filter/attributes").size());
            expected.add(
                    "trigger create %s --namespace jitney --broker %s --filter type=%s --sink ksvc:%s"
                            .formatted(
                                    nameOf(trigger),
                                    trigger.at("/spec/broker").asText(),
                                    trigger.at("/spec/filter/attributes/type").asText(),
                                    trigger.at("/spec/subscriber/ref/name").asText()));
        }
        assertEquals(expected, callsOf("trigger create"));
    }

    @Test
    void everySinkBindingIsMade() throws Exception {
        deploy();

        Set<String> expected = new TreeSet<>();
        for (ObjectNode binding : ofKind(BASE, "SinkBinding")) {
            JsonNode subject = binding.at("/spec/subject");
            expected.add(
                    "source binding create %s --namespace jitney --subject %s:%s:%s --sink broker:%s"
                            .formatted(
                                    nameOf(binding),
                                    subject.path("kind").asText(),
                                    subject.path("apiVersion").asText(),
                                    subject.path("name").asText(),
                                    binding.at("/spec/sink/ref/name").asText()));
        }
        assertEquals(expected, callsOf("source binding create"));
    }

    @Test
    void theBrokerDeliversAsItsFileSays_andIsOfTheClassAskedFor() throws Exception {
        deploy("--class", "Kafka", "--broker-config", "cm:events-kafka:jitney");

        ObjectNode broker = ofKind(BASE, "Broker").getFirst();
        JsonNode delivery = broker.at("/spec/delivery");
        assertEquals(
                Set.of(
                        "broker create %s --namespace jitney --dl-sink ksvc:%s --retry %s --backoff-policy %s --backoff-delay %s --timeout %s --class Kafka --broker-config cm:events-kafka:jitney"
                                .formatted(
                                        nameOf(broker),
                                        delivery.at("/deadLetterSink/ref/name").asText(),
                                        delivery.path("retry").asText(),
                                        delivery.path("backoffPolicy").asText(),
                                        delivery.path("backoffDelay").asText(),
                                        delivery.path("timeout").asText())),
                callsOf("broker create"));
    }

    @Test
    void aSecondRunChangesWhatIsThere() throws Exception {
        Files.createFile(temporary.resolve("kn.there"));

        assertTrue(deploy().contains("broker events is there"));

        assertEquals(Set.of(), callsOf("broker create"));
        assertEquals(Set.of(), callsOf("trigger create"));
        assertEquals(ofKind(BASE, "Trigger").size(), callsOf("trigger update").size());
        assertEquals(ofKind(BASE, "SinkBinding").size(), callsOf("source binding update").size());
    }

    /** Every file of the base is either told to kn or left to a kubectl command that is printed. */
    @Test
    void saysWhatKnCannotDo() throws Exception {
        String output = deploy();

        for (ObjectNode trigger : ofKind(BASE, "Trigger")) {
            assertEquals(
                    trigger.path("spec").has("delivery"),
                    output.contains("/triggers/" + nameOf(trigger) + ".yaml"),
                    nameOf(trigger));
        }
        assertTrue(output.contains("/sources/reconcile.yaml"));
        Set<String> told = Set.of("broker", "services", "sources", "triggers");
        for (JsonNode listed :
                YamlFile.single(Overlays.BASE.resolve("kustomization.yaml")).path("resources")) {
            String directory = listed.asText().split("/", -1)[0];
            assertTrue(
                    told.contains(directory)
                            || Pattern.compile("kubectl apply .*-f \\S*/" + directory + "\\b")
                                    .matcher(output)
                                    .find(),
                    listed.asText());
        }
    }

    @Test
    void refusesWhatItDoesNotUnderstand() throws Exception {
        assertTrue(run(2).contains("usage:"));
        assertTrue(run(2, "--registry", "r").contains("usage:"));
        assertTrue(run(2, "--regsitry", "r").contains("unknown option --regsitry"));
        assertTrue(run(0, "--help").contains("usage:"));
    }

    private Set<String> callsOf(String command) throws IOException {
        Set<String> calls = new TreeSet<>(calls());
        calls.removeIf(call -> !call.startsWith(command + " "));
        return calls;
    }
}
