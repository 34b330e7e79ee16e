package dev.jitney.reconciler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jitney.ledger.InMemoryBookmarks;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class CursorTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

    private final InMemoryBookmarks bookmarks = new InMemoryBookmarks();
    private final Cursor cursor = new Cursor(bookmarks);

    private List<String> from(String round, String... all) {
        return cursor.from(round, List.of(all), Function.identity());
    }

    @Test
    void beginsAtTheBeginning() {
        assertEquals(List.of("a", "b", "c"), from("jobs", "b", "c", "a"));
    }

    @Test
    void goesOnWhereTheRoundStopped_inARing() {
        cursor.put("jobs", "b");

        assertEquals(List.of("c", "a", "b"), from("jobs", "a", "b", "c"));
        assertEquals(List.of("a", "b", "c"), from("others", "a", "b", "c"));
    }

    @Test
    void bearsThatTheOneItStoppedAtIsGone() {
        cursor.put("jobs", "b");

        assertEquals(List.of("c", "a"), from("jobs", "a", "c"));
        assertEquals(List.of("a"), from("jobs", "a"));
        assertEquals(List.of(), from("jobs"));
    }

    @Test
    void survivesTheProcess_onceItIsSaved() {
        cursor.put("jobs", "a");
        cursor.save();
        cursor.put("jobs", "b");

        var next = new Cursor(bookmarks);
        next.load();

        assertEquals("a", next.get("jobs"), "what was not saved is done again");
    }

    @Test
    void aMinuteHasItsCalls_howeverManyTicksItHas() {
        int calls = cursor.reserve(60, 100, NOW);
        assertEquals(60, calls);
        for (int second = 1; second <= 60; second++) {
            calls += new Cursor(bookmarks).reserve(60, 100, NOW.plusSeconds(second));
        }
        assertEquals(200, calls, "all there are, and what came back");
        assertEquals(0, cursor.reserve(60, 100, NOW.plusSeconds(60)));
        assertEquals(60, cursor.reserve(60, 100, NOW.plusSeconds(120)));
    }

    @Test
    void aTickThatComesALittleEarlyHasNearlyAll() {
        assertEquals(100, cursor.reserve(100, 100, NOW));

        assertEquals(99, cursor.reserve(100, 100, NOW.plusMillis(59_990)));
    }

    @Test
    void whatWasNotUsedIsGivenBack_andWhatWasOverdrawnIsOwed() {
        assertEquals(60, cursor.reserve(60, 100, NOW));
        cursor.giveBack(50, NOW);
        assertEquals(60, cursor.reserve(60, 100, NOW));
        cursor.giveBack(-20, NOW);

        assertEquals(10, cursor.reserve(60, 100, NOW));
    }

    @Test
    void whoDiesHasUsedWhatHeReserved() {
        assertEquals(100, cursor.reserve(100, 100, NOW));

        assertEquals(50, new Cursor(bookmarks).reserve(100, 100, NOW.plusSeconds(30)));
    }

    @Test
    void aClockThatWasSetBackBeginsANewMinute() {
        assertEquals(100, cursor.reserve(100, 100, NOW));

        assertEquals(100, cursor.reserve(100, 100, NOW.minusSeconds(3600)));
    }
}
