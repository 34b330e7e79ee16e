package dev.jitney.ledger.stored;

import java.util.List;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoField;

/**
 * One organization's ledger.
 *
 * @param schemaVersion of the code that wrote it
 */
@Proto
public record StoredOrgLedger(
        @ProtoField(number = 1, defaultValue = "0") int schemaVersion,
        @ProtoField(number = 2) String organization,
        @ProtoField(number = 3, defaultValue = "0") long revision,
        @ProtoField(number = 4) List<StoredJob> backlog,
        @ProtoField(number = 5) List<StoredLease> leases,
        @ProtoField(number = 6) List<StoredJob> gated,
        @ProtoField(number = 7) List<StoredEnd> finished) {}
