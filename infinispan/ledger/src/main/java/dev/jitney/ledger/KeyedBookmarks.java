package dev.jitney.ledger;

import dev.jitney.core.ledger.Step;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Bookmarks as one versioned record. */
public class KeyedBookmarks implements Bookmarks {
    /** Key of the record; no organization's ledger and not the cluster's. */
    static final String KEY = "reconciler/bookmarks";

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final KeyedWriter<SortedMap<String, String>> writer;

    KeyedBookmarks(VersionedStore<SortedMap<String, String>> store) {
        this(store, Waiting.REAL);
    }

    /** Bookmarks whose callers wait otherwise. */
    public KeyedBookmarks(VersionedStore<SortedMap<String, String>> store, Waiting waiting) {
        this.writer =
                new KeyedWriter<>(store, _ -> Collections.emptySortedMap(), PATIENCE, waiting);
    }

    @Override
    public SortedMap<String, String> update(UnaryOperator<SortedMap<String, String>> change) {
        return writer.update(KEY, before -> step(before, change)).result();
    }

    private static Step<SortedMap<String, String>, SortedMap<String, String>> step(
            SortedMap<String, String> before, UnaryOperator<SortedMap<String, String>> change) {
        SortedMap<String, String> after = change.apply(before);
        SortedMap<String, String> next =
                after.equals(before)
                        ? before
                        : Collections.unmodifiableSortedMap(new TreeMap<>(after));
        return new Step<>(next, next);
    }
}
