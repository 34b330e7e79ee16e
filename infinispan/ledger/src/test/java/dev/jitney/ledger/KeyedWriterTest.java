package dev.jitney.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.core.ledger.LedgerUnavailable;
import dev.jitney.core.ledger.Step;
import dev.jitney.ledger.FaultyStore.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyedWriterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private final FaultyStore<List<String>> store = new FaultyStore<>(new MemoryStore<>());
    private final KeyedWriter<List<String>> writer =
            new KeyedWriter<>(store, _ -> List.of(), PATIENCE);

    /** Adds an id unless it is there: as every step of the core does. */
    private static Step<List<String>, Boolean> add(List<String> ids, String id) {
        if (ids.contains(id)) {
            return new Step<>(ids, false);
        }
        List<String> next = new ArrayList<>(ids);
        next.add(id);
        return new Step<>(next, true);
    }

    @Test
    void storesWhatATransitionMade() {
        var applied = writer.update("k", ids -> add(ids, "a"));

        assertTrue(applied.result());
        assertEquals(List.of("a"), applied.after());
        assertEquals(List.of("a"), writer.read("k"));
    }

    @Test
    void writesNothingWhenNothingChanged() {
        writer.update("k", ids -> add(ids, "a"));

        writer.update("k", ids -> add(ids, "a"));

        assertEquals(1, store.writes.get());
    }

    @ParameterizedTest
    @EnumSource
    void storesOnceWhateverBecomesOfAnAttempt(Fault fault) {
        writer.update("k", ids -> add(ids, "a"));

        store.next(fault, fault);
        writer.update("k", ids -> add(ids, "b"));

        assertEquals(List.of("a", "b"), writer.read("k"));
    }

    @ParameterizedTest
    @EnumSource
    void storesAFirstRecordOnceWhateverBecomesOfAnAttempt(Fault fault) {
        store.next(fault);

        writer.update("k", ids -> add(ids, "a"));

        assertEquals(List.of("a"), writer.read("k"));
    }

    @Test
    void givesUpInTime() {
        VersionedStore<List<String>> silent =
                new VersionedStore<>() {
                    @Override
                    public @Nullable Versioned<List<String>> get(String key, Deadline deadline) {
                        throw new NoAnswer("silent", null);
                    }

                    @Override
                    public boolean replace(
                            String key,
                            Versioned<List<String>> seen,
                            List<String> next,
                            Deadline deadline) {
                        throw new NoAnswer("silent", null);
                    }

                    @Override
                    public boolean putIfAbsent(String key, List<String> first, Deadline deadline) {
                        throw new NoAnswer("silent", null);
                    }
                };
        var impatient = new KeyedWriter<>(silent, _ -> List.of(), Duration.ofMillis(100));

        var failure =
                assertThrows(
                        LedgerUnavailable.class, () -> impatient.update("k", ids -> add(ids, "a")));
        assertInstanceOf(NoAnswer.class, failure.getCause());
        assertThrows(LedgerUnavailable.class, () -> impatient.read("k"));
    }

    @Test
    void appliesWhatQueuedUpInOneReplaceAndTellsEachItsOwn() throws Exception {
        var blocked = new Blocking();
        var batching = new KeyedWriter<>(blocked, _ -> List.of(), PATIENCE);
        List<String> results = new CopyOnWriteArrayList<>();
        List<Thread> callers = new ArrayList<>();
        callers.add(start(() -> results.add("first " + addTo(batching, "a"))));
        blocked.reached.await();

        for (String id : List.of("b", "c", "b", "d")) {
            callers.add(start(() -> results.add(id + " " + addTo(batching, id))));
        }
        callers.add(start(() -> results.add(failing(batching))));
        for (Thread caller : callers.subList(1, callers.size())) {
            Crowd.until("queued", () -> caller.getState() == Thread.State.TIMED_WAITING);
        }
        blocked.release.countDown();
        for (Thread caller : callers) {
            caller.join();
        }

        assertEquals(2, blocked.counted.writes.get());
        assertEquals(4, batching.read("k").size());
        assertEquals(
                List.of("b false", "b true", "c true", "d true", "first true", "own fault"),
                results.stream().sorted().toList());
    }

    private static boolean addTo(KeyedWriter<List<String>> writer, String id) {
        return writer.update("k", ids -> add(ids, id)).result();
    }

    private static String failing(KeyedWriter<List<String>> writer) {
        var mine = new IllegalStateException("own fault");
        var thrown =
                assertThrows(
                        IllegalStateException.class,
                        () ->
                                writer.<String>update(
                                        "k",
                                        _ -> {
                                            throw mine;
                                        }));
        assertSame(mine, thrown);
        return "own fault";
    }

    private static Thread start(Runnable task) {
        return Thread.ofPlatform().start(task);
    }

    /** Holds its first reader until it is released. */
    private static final class Blocking implements VersionedStore<List<String>> {
        final CountDownLatch reached = new CountDownLatch(1);
        final CountDownLatch release = new CountDownLatch(1);
        final FaultyStore<List<String>> counted = new FaultyStore<>(new MemoryStore<>());

        @Override
        public @Nullable Versioned<List<String>> get(String key, Deadline deadline) {
            reached.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return counted.get(key, deadline);
        }

        @Override
        public boolean replace(
                String key, Versioned<List<String>> seen, List<String> next, Deadline deadline) {
            return counted.replace(key, seen, next, deadline);
        }

        @Override
        public boolean putIfAbsent(String key, List<String> first, Deadline deadline) {
            return counted.putIfAbsent(key, first, deadline);
        }
    }
}
