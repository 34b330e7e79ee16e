package dev.jitney.ledger.stored;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Bookmarks as they are stored, and back. */
public final class BookmarksMapping {
    private BookmarksMapping() {}

    public static StoredBookmarks toStored(SortedMap<String, String> bookmarks) {
        return new StoredBookmarks(
                LedgerSchema.VERSION,
                bookmarks.entrySet().stream()
                        .map(each -> new StoredBookmark(each.getKey(), each.getValue()))
                        .toList());
    }

    public static SortedMap<String, String> fromStored(StoredBookmarks stored) {
        SortedMap<String, String> bookmarks = new TreeMap<>();
        stored.bookmarks().forEach(each -> bookmarks.put(each.round(), each.at()));
        return Collections.unmodifiableSortedMap(bookmarks);
    }
}
