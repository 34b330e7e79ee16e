package dev.jitney.simulation.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.ledger.Versioned;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class RecordsTest {
    private final List<String> written = new ArrayList<>();
    private final Records<String> records =
            new Records<>((before, after) -> written.add(before + ">" + after));

    private Versioned<String> get() {
        return Objects.requireNonNull(records.get("key"));
    }

    @Test
    void onlyWhoSawTheLatestVersionReplacesIt() {
        assertTrue(records.putIfAbsent("key", "a"));
        Versioned<String> seen = get();

        assertTrue(records.replace("key", seen, "b"));
        assertFalse(records.replace("key", seen, "c"));

        assertEquals("b", get().value());
        assertEquals(List.of("null>a", "a>b"), written);
    }

    @Test
    void theSameFirstRecordMayBePutAgain() {
        assertTrue(records.putIfAbsent("key", "a"));
        assertTrue(records.putIfAbsent("key", "a"));
        assertFalse(records.putIfAbsent("key", "b"));

        assertEquals(List.of("null>a"), written);
    }

    @Test
    void whatIsWipedIsGone() {
        records.known("key", "a");
        records.wipe();

        assertEquals(List.of(), List.copyOf(records.keys()));
    }
}
