package dev.jitney.ledger;

class InMemoryBookmarksTest extends BookmarksContract {
    private final Bookmarks bookmarks = new InMemoryBookmarks();

    @Override
    Bookmarks bookmarks() {
        return bookmarks;
    }
}
