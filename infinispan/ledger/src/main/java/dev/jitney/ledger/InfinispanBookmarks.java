package dev.jitney.ledger;

import dev.jitney.ledger.stored.BookmarksMapping;
import dev.jitney.ledger.stored.StoredBookmarks;

/** Bookmarks beside the ledgers, in the cache {@code ledgers}, which is kept on disk. */
public final class InfinispanBookmarks extends KeyedBookmarks {
    public InfinispanBookmarks(LedgerClient client) {
        super(
                new HotRodStore<>(
                        client::ledgersCache,
                        BookmarksMapping::toStored,
                        stored -> BookmarksMapping.fromStored((StoredBookmarks) stored)));
    }
}
