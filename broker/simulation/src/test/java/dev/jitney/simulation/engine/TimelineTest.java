package dev.jitney.simulation.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class TimelineTest {
    private final Timeline timeline = new Timeline();
    private final List<String> seen = new ArrayList<>();

    private void see(String what) {
        seen.add(timeline.now() + " " + what);
    }

    @Test
    void tasksTakeTurnsInVirtualTime() throws InterruptedException {
        timeline.begin(
                0,
                () -> {
                    see("a");
                    timeline.sleep(10);
                    see("a");
                    timeline.sleep(10);
                    see("a");
                });
        timeline.begin(
                5,
                () -> {
                    see("b");
                    timeline.sleep(10);
                    see("b");
                });
        timeline.after(15, () -> see("action"));

        timeline.run();

        assertEquals(List.of("0 a", "5 b", "10 a", "15 action", "15 b", "20 a"), seen);
    }

    @Test
    void aKilledTaskEndsAtItsNextWait() throws InterruptedException {
        Timeline.Task task =
                timeline.begin(
                        0,
                        () -> {
                            timeline.sleep(10);
                            see("survived");
                        });
        timeline.after(5, task::kill);

        timeline.run();

        assertTrue(seen.isEmpty(), seen.toString());
    }

    @Test
    void awaitsAFutureOrItsTime() throws InterruptedException {
        CompletableFuture<String> early = new CompletableFuture<>();
        CompletableFuture<String> never = new CompletableFuture<>();
        timeline.after(7, () -> early.complete("there"));
        timeline.begin(
                0,
                () -> {
                    assertTrue(timeline.await(early, 100));
                    see("early");
                    assertFalse(timeline.await(never, 100));
                    see("never");
                });

        timeline.run();

        assertEquals(List.of("7 early", "107 never"), seen);
    }

    @Test
    void aFailureEndsTheRunThoughTheTaskCatchesIt() {
        timeline.begin(
                0,
                () -> {
                    try {
                        throw timeline.fail(new IllegalStateException("broken"));
                    } catch (Error _) {
                        timeline.sleep(1);
                        see("went on");
                    }
                });

        IllegalStateException failure = assertThrows(IllegalStateException.class, timeline::run);

        assertEquals("broken", failure.getMessage());
        assertTrue(seen.isEmpty(), seen.toString());
    }
}
