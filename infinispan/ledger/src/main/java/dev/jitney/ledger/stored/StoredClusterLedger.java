package dev.jitney.ledger.stored;

import java.util.List;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoField;
import org.infinispan.protostream.descriptors.Type;

/**
 * The cluster's ledger.
 *
 * @param schemaVersion of the code that wrote it
 * @param rebuildSince nanoseconds since the epoch; 0 when the ledger may be believed, as every one
 *     written before version 2
 */
@Proto
public record StoredClusterLedger(
        @ProtoField(number = 1, defaultValue = "0") int schemaVersion,
        @ProtoField(number = 2, defaultValue = "0") long revision,
        @ProtoField(number = 3) List<StoredPlace> places,
        @ProtoField(number = 4) List<StoredStanding> line,
        @ProtoField(number = 5, type = Type.SFIXED64, defaultValue = "0") long rebuildSince,
        @ProtoField(number = 6) List<StoredOverflow> overflow) {}
