package dev.jitney.ledger;

/** Bookmarks in memory: for tests and simulations. */
public final class InMemoryBookmarks extends KeyedBookmarks {
    public InMemoryBookmarks() {
        super(new MemoryStore<>());
    }
}
