package dev.jitney.ledger.stored;

import java.util.List;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoField;

/**
 * Who stands further back in line since one minute.
 *
 * @param schemaVersion of the code that wrote it
 */
@Proto
public record StoredPage(
        @ProtoField(number = 1, defaultValue = "0") int schemaVersion,
        @ProtoField(number = 2) List<StoredNote> notes) {}
