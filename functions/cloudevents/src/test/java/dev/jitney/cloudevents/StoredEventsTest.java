package dev.jitney.cloudevents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jitney.core.event.EventTypes;
import dev.jitney.core.event.RunnerEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * While a version follows another, each gets events of the other from the broker. The data of every
 * type of ours as the first version wrote it: never changed, whatever becomes of the code.
 */
@QuarkusTest
@TestProfile(WithoutSinkTest.NoSink.class)
class StoredEventsTest {
    private static final Path STORED = Path.of("src/test/resources/stored-events");

    /** In the words of the code, what the files say. */
    private static final List<RunnerEvent> EVENTS =
            List.of(
                    new RunnerEvent.Requested(
                            "code-linux-42-2", "Octo", "code-linux", 42, "Octo/app"),
                    new RunnerEvent.Started("code-linux-42-2", "Octo", "code-linux", 42),
                    new RunnerEvent.Refused(
                            "code-linux-42-2",
                            "Octo",
                            "code-linux",
                            42,
                            "GHES_ERROR",
                            "404 from GHES"),
                    new RunnerEvent.Released("code-linux-42-2", "Octo", "code-linux", "COMPLETED"));

    /** The mapper that reads the events of a function and writes those that leave it. */
    @SuppressWarnings("NullAway.Init")
    @Inject
    ObjectMapper mapper;

    static List<RunnerEvent> events() {
        return EVENTS;
    }

    private JsonNode stored(String type) throws IOException {
        return mapper.readTree(Files.readString(STORED.resolve(type + ".json")));
    }

    private RunnerEvent read(JsonNode data, RunnerEvent like) throws JsonProcessingException {
        return mapper.treeToValue(data, like.getClass());
    }

    @ParameterizedTest
    @MethodSource("events")
    void readsWhatTheFirstVersionWrote(RunnerEvent event) throws IOException {
        assertEquals(event, read(stored(event.type()), event));
    }

    @ParameterizedTest
    @MethodSource("events")
    void readsWhatALaterVersionMayAdd(RunnerEvent event) throws IOException {
        ObjectNode later = stored(event.type()).deepCopy();
        later.put("added", "x").putObject("more").put("deep", 1);

        assertEquals(event, read(later, event));
    }

    /** An older version still finds each field that it reads. */
    @ParameterizedTest
    @MethodSource("events")
    void writesWhatTheFirstVersionReads(RunnerEvent event) throws IOException {
        JsonNode written = mapper.valueToTree(event);

        for (var field : stored(event.type()).properties()) {
            assertEquals(field.getValue().asText(), written.path(field.getKey()).asText());
        }
    }

    /** Whoever takes it looks at the policy itself, so there is nothing to misread. */
    @Test
    void aChangeOfPolicyIsOnlyAHint() throws IOException {
        assertEquals(Set.of("revision"), fields(stored(EventTypes.POLICY_CHANGED)));
    }

    private static Set<String> fields(JsonNode node) {
        return node.properties().stream()
                .map(each -> each.getKey())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyTypeOfOursIsStored() throws IOException {
        Set<String> types =
                Arrays.stream(EventTypes.class.getFields())
                        .filter(each -> Modifier.isStatic(each.getModifiers()))
                        .map(StoredEventsTest::value)
                        .filter(each -> each.startsWith("dev.jitney."))
                        .collect(Collectors.toCollection(TreeSet::new));
        try (Stream<Path> files = Files.list(STORED)) {
            Set<String> stored =
                    files.map(each -> each.getFileName().toString().replace(".json", ""))
                            .collect(Collectors.toCollection(TreeSet::new));

            assertEquals(types, stored);
            assertTrue(types.size() > EVENTS.size());
        }
    }

    private static String value(Field constant) {
        try {
            return String.valueOf(constant.get(null));
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
