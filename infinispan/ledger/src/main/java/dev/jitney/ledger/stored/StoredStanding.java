package dev.jitney.ledger.stored;

import java.util.List;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoField;

/** What stands in line for one organization, and the revision of its ledger it was read from. */
@Proto
public record StoredStanding(
        @ProtoField(number = 1) String organization,
        @ProtoField(number = 2, defaultValue = "0") long revision,
        @ProtoField(number = 3) List<StoredLineEntry> entries) {}
