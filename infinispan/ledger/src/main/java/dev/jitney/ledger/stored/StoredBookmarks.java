package dev.jitney.ledger.stored;

import java.util.List;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoField;

/**
 * Where all rounds stopped.
 *
 * @param schemaVersion of the code that wrote it
 */
@Proto
public record StoredBookmarks(
        @ProtoField(number = 1, defaultValue = "0") int schemaVersion,
        @ProtoField(number = 2) List<StoredBookmark> bookmarks) {}
