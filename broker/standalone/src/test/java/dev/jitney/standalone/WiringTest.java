package dev.jitney.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.broker.dispatcher.manifest.Manifests;
import dev.jitney.core.event.EventTypes;
import io.fabric8.knative.eventing.v1.Trigger;
import io.fabric8.knative.sources.v1.PingSource;
import io.fabric8.knative.sources.v1.SinkBinding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/events.md, knative/base and the code against each other. */
class WiringTest {
    private static final Path ROOT = Path.of(System.getProperty("jitney.root"));
    private static final Manifests MANIFESTS = Manifests.read(ROOT.resolve("knative/base"));
    private static final Set<String> FUNCTIONS =
            Set.of("webhook", "admission", "provisioner", "cleanup", "reconciler");

    /** One row of the table of events. */
    private record Row(String type, Set<String> from, String to) {
        boolean isTerminal() {
            return to.equals("terminal");
        }
    }

    @Test
    void tableNamesEveryEventTypeOfTheCode() {
        assertEquals(new TreeSet<>(constants().values()), new TreeSet<>(rows().keySet()));
    }

    @Test
    void everyEventHasATriggerThatDeliversItWhereTheTableSays() {
        Map<String, String> triggers = subscribersByType();

        rows().values().stream()
                .filter(row -> !row.isTerminal())
                .forEach(row -> assertEquals(row.to(), triggers.get(row.type()), row.type()));
    }

    @Test
    void everyTriggerIsInTheTable() {
        subscribersByType()
                .forEach(
                        (type, subscriber) -> {
                            Row row = rows().get(type);
                            assertTrue(row != null, "no row in docs/events.md for " + type);
                            assertEquals(row.to(), subscriber, type);
                        });
    }

    @Test
    void everySubscriberHasAFunctionForItsType() {
        subscribersByType()
                .forEach(
                        (type, subscriber) ->
                                assertTrue(
                                        triggersOf(subscriber).contains(type),
                                        subscriber + " has no function for " + type));
    }

    @Test
    void everyFunctionsTriggerIsDeliveredToIt() {
        for (String function : FUNCTIONS) {
            for (String type : triggersOf(function)) {
                Row row = rows().get(type);
                boolean deadLetter = deadLetterSinks().getOrDefault(type, "").equals(function);
                boolean anyDeadLetter = type.equals("*") && function.equals(brokerDeadLetterSink());
                assertTrue(
                        deadLetter || anyDeadLetter || (row != null && row.to().equals(function)),
                        function + " waits for " + type + ", which nobody delivers");
            }
        }
    }

    @Test
    void whoeverTheTableCallsASenderMakesTheEvent() {
        Map<String, String> constants = constants();
        for (Row row : rows().values()) {
            for (String sender : row.from()) {
                if (FUNCTIONS.contains(sender) && !sender.equals("webhook")) {
                    String name =
                            constants.entrySet().stream()
                                    .filter(each -> each.getValue().equals(row.type()))
                                    .map(Map.Entry::getKey)
                                    .findFirst()
                                    .orElseThrow();
                    assertTrue(makes(sender, name), sender + " does not make " + row.type());
                }
            }
        }
    }

    @Test
    void whoeverPostsEventsIsBoundToTheBroker() {
        Set<String> bound =
                MANIFESTS.sinkBindings().stream()
                        .map(SinkBinding::getSpec)
                        .map(spec -> spec.getSubject().getName())
                        .collect(Collectors.toSet());

        for (String function : FUNCTIONS) {
            boolean posts = !sources(function, "\\.(send|sendAll|emit|post)\\(").isEmpty();
            assertTrue(!posts || bound.contains(function), function + " has no SinkBinding");
        }
    }

    @Test
    void theTickComesFromAPingSource() {
        List<PingSource> pings = MANIFESTS.pingSources();

        assertEquals(1, pings.size());
        assertFalse(pings.getFirst().getSpec().getSchedule().isBlank());
        assertEquals("reconciler", Objects.requireNonNull(rows().get(EventTypes.TICK)).to());
    }

    private static Map<String, Row> rows() {
        Map<String, Row> rows = new TreeMap<>();
        for (String line : read(ROOT.resolve("docs/events.md")).lines().toList()) {
            String[] cells = line.split("\\|", -1);
            if (cells.length == 6 && cells[1].strip().startsWith("`")) {
                String type = cells[1].replace("`", "").strip();
                if (type.contains(".")) {
                    Set<String> from =
                            Arrays.stream(cells[2].split(",", -1))
                                    .map(String::strip)
                                    .collect(Collectors.toSet());
                    rows.put(type, new Row(type, from, cells[3].strip()));
                }
            }
        }
        return rows;
    }

    private static Map<String, String> constants() {
        Map<String, String> constants = new TreeMap<>();
        for (Field field : EventTypes.class.getDeclaredFields()) {
            if (Modifier.isPublic(field.getModifiers()) && !field.getName().endsWith("_PREFIX")) {
                try {
                    constants.put(field.getName(), String.valueOf(field.get(null)));
                } catch (IllegalAccessException e) {
                    throw new AssertionError(e);
                }
            }
        }
        return constants;
    }

    private static Map<String, String> subscribersByType() {
        Map<String, String> subscribers = new TreeMap<>();
        for (Trigger trigger : MANIFESTS.triggers()) {
            String type = trigger.getSpec().getFilter().getAttributes().get("type");
            subscribers.put(type, trigger.getSpec().getSubscriber().getRef().getName());
        }
        return subscribers;
    }

    private static Map<String, String> deadLetterSinks() {
        Map<String, String> sinks = new TreeMap<>();
        for (Trigger trigger : MANIFESTS.triggers()) {
            var delivery = trigger.getSpec().getDelivery();
            if (delivery != null && delivery.getDeadLetterSink() != null) {
                sinks.put(
                        trigger.getSpec().getFilter().getAttributes().get("type"),
                        delivery.getDeadLetterSink().getRef().getName());
            }
        }
        return sinks;
    }

    private static String brokerDeadLetterSink() {
        return MANIFESTS
                .brokers()
                .getFirst()
                .getSpec()
                .getDelivery()
                .getDeadLetterSink()
                .getRef()
                .getName();
    }

    /** The types that a function's {@code @CloudEventMapping}s name. */
    private static Set<String> triggersOf(String function) {
        Map<String, String> constants = constants();
        Set<String> types = new HashSet<>();
        for (MatchResult match :
                sources(function, "trigger = (?:EventTypes\\.(\\w+)|\"([^\"]+)\")")) {
            String constant = match.group(1);
            types.add(constant == null ? match.group(2) : constants.getOrDefault(constant, "?"));
        }
        return types;
    }

    /** Whether a function's code, or the code it calls for it, makes the event. */
    private static boolean makes(String function, String constant) {
        String event = constant.substring(constant.indexOf('_') + 1);
        String recordName = event.charAt(0) + event.substring(1).toLowerCase(Locale.ROOT);
        return !sources(function, "new RunnerEvent\\." + recordName + "\\(").isEmpty()
                || !sources(function, "EventTypes\\." + constant).isEmpty()
                || !sources(function, "RunnerEvent\\." + recordName).isEmpty()
                || !sources(function, "Admission\\.requested").isEmpty();
    }

    private static List<MatchResult> sources(String function, String pattern) {
        List<MatchResult> matches = new ArrayList<>();
        Path sources = ROOT.resolve("functions").resolve(function).resolve("src/main/java");
        try (Stream<Path> files = Files.walk(sources)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .forEach(
                            file ->
                                    Pattern.compile(pattern)
                                            .matcher(read(file))
                                            .results()
                                            .forEach(matches::add));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return matches;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
