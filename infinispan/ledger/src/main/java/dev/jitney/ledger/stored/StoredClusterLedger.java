package dev.jitney.ledger.stored;

import java.util.List;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoField;

/**
 * The cluster's ledger.
 *
 * @param schemaVersion of the code that wrote it
 */
@Proto
public record StoredClusterLedger(
        @ProtoField(number = 1, defaultValue = "0") int schemaVersion,
        @ProtoField(number = 2, defaultValue = "0") long revision,
        @ProtoField(number = 3) List<StoredPlace> places,
        @ProtoField(number = 4) List<StoredStanding> line) {}
