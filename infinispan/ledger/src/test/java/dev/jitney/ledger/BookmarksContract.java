package dev.jitney.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What every kind of bookmarks does. */
abstract class BookmarksContract {
    abstract Bookmarks bookmarks();

    private static UnaryOperator<SortedMap<String, String>> with(String round, String at) {
        return before -> {
            var after = new TreeMap<>(before);
            after.put(round, at);
            return after;
        };
    }

    @Test
    void staysWhereItWasPut() {
        bookmarks().update(with("stays", "octo"));
        bookmarks().update(with("stays", "acme"));

        SortedMap<String, String> read = bookmarks().update(before -> before);

        assertEquals("acme", read.get("stays"));
        assertThrows(UnsupportedOperationException.class, () -> read.put("stays", "x"));
    }

    @Test
    void manyMayChangeThemAtOnce_andNoneIsLost() throws Exception {
        Crowd.run(
                8,
                80,
                i -> {
                    bookmarks().update(with("round-" + i, "here"));
                    return i;
                });

        Map<String, String> read = bookmarks().update(before -> before);
        assertEquals(80, read.keySet().stream().filter(each -> each.startsWith("round-")).count());
    }
}
