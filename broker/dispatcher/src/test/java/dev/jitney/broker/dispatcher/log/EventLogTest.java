package dev.jitney.broker.dispatcher.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.broker.dispatcher.BrokerConfig;
import dev.jitney.broker.dispatcher.BrokerRef;
import dev.jitney.broker.dispatcher.log.LogEntry.Accepted;
import dev.jitney.broker.dispatcher.log.LogEntry.Done;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log gives back after the end of a process, however it ended. */
final class EventLogTest {
    private static final BrokerRef BROKER = new BrokerRef("n", "b");

    @TempDir Path directory;

    @Test
    void givesBackWhatIsOwed() {
        try (EventLog log = open()) {
            append(log, accepted(log, "a", "t1", "t2"), accepted(log, "b", "t1"));
            append(log, new Done(1, 0), new Done(2, 0));
        }

        try (EventLog log = open()) {
            assertEquals(List.of("a t2"), owed(log));
            assertEquals(List.of(), log.reports());
            assertEquals(3, log.nextSequence());
        }
    }

    @Test
    void keepsAnEventAsItWas() {
        byte[] data = "{not json".getBytes(StandardCharsets.UTF_8);
        CloudEvent event =
                CloudEventBuilder.from(event("a"))
                        .withData("application/json", data)
                        .withExtension("count", 5)
                        .build();
        try (EventLog log = open()) {
            append(log, new Accepted(log.nextSequence(), BROKER, List.of("t"), event));
        }

        try (EventLog log = open()) {
            CloudEvent read = log.pending().getFirst().accepted().event();
            assertEquals(5, read.getExtension("count"));
            assertArrayEquals(data, Objects.requireNonNull(read.getData()).toBytes());
        }
    }

    @Test
    void cutsAnUnfinishedWrite() throws IOException {
        try (EventLog log = open()) {
            append(log, accepted(log, "a", "t"));
            append(log, accepted(log, "b", "t"));
        }
        Path segment = segments().getFirst();
        byte[] bytes = Files.readAllBytes(segment);
        Files.write(segment, java.util.Arrays.copyOf(bytes, bytes.length - 3));

        try (EventLog log = open()) {
            assertEquals(List.of("a t"), owed(log));
            assertTrue(log.reports().getFirst().contains("unfinished write"));
        }
        try (EventLog log = open()) {
            assertEquals(List.of(), log.reports());
            assertEquals(List.of("a t"), owed(log));
        }
    }

    @Test
    void reportsADamagedRecordAndReadsOn() throws IOException {
        try (EventLog log = open()) {
            append(log, accepted(log, "a", "t"));
            append(log, accepted(log, "b", "t"));
        }
        Path segment = segments().getFirst();
        byte[] bytes = Files.readAllBytes(segment);
        bytes[40] ^= 1;
        Files.write(segment, bytes);

        try (EventLog log = open()) {
            assertEquals(List.of("b t"), owed(log));
            assertTrue(log.reports().getFirst().contains("damaged record at byte 0"));
        }
    }

    @Test
    void deletesFinishedSegmentsOldestFirst() throws IOException {
        try (EventLog log = EventLog.open(config(1, 1 << 20))) {
            append(log, accepted(log, "a", "t"));
            append(log, accepted(log, "b", "t"));
            append(log, accepted(log, "c", "t"));
            append(log, new Done(2, 0));
            assertEquals(4, segments().size());

            append(log, new Done(1, 0));

            assertEquals(3, segments().size());
        }
    }

    @Test
    void isFullAtItsLimit() {
        try (EventLog log = EventLog.open(config(1 << 20, 100))) {
            append(log, accepted(log, "a", "t"));

            assertTrue(log.isFull());
        }
    }

    @Test
    void belongsToOneBrokerAtATime() {
        try (EventLog log = open()) {
            assertEquals(List.of(), log.pending());
            assertThrows(UncheckedIOException.class, this::open);
        }
    }

    @Test
    void ignoresATailOfZeros() throws IOException {
        try (EventLog log = open()) {
            append(log, accepted(log, "a", "t"));
        }
        Files.write(segments().getFirst(), new byte[100], StandardOpenOption.APPEND);

        try (EventLog log = open()) {
            assertEquals(List.of("a t"), owed(log));
        }
    }

    private EventLog open() {
        return EventLog.open(config(1 << 20, 1 << 20));
    }

    private BrokerConfig.Log config(long segmentBytes, long bytesMax) {
        return new BrokerConfig.Log(directory, true, segmentBytes, bytesMax, 10);
    }

    private static void append(EventLog log, LogEntry... entries) {
        CompletableFuture<Boolean> written = new CompletableFuture<>();
        log.append(List.of(entries), failure -> written.complete(failure == null));
        assertTrue(written.join());
    }

    private static Accepted accepted(EventLog log, String id, String... triggers) {
        return new Accepted(log.nextSequence(), BROKER, List.of(triggers), event(id));
    }

    private static CloudEvent event(String id) {
        return CloudEventBuilder.v1()
                .withId(id)
                .withType("t")
                .withSource(URI.create("/s"))
                .withData("text/plain", "x".repeat(100).getBytes(StandardCharsets.UTF_8))
                .build();
    }

    private static List<String> owed(EventLog log) {
        return log.pending().stream()
                .map(p -> p.accepted().event().getId() + " " + p.triggerName())
                .toList();
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Segment::isSegment).sorted().toList();
        }
    }
}
