package dev.jitney.ledger.stored;

import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoField;
import org.infinispan.protostream.descriptors.Type;

/**
 * A change of the policy as it is remembered.
 *
 * @param when nanoseconds since the epoch
 */
@Proto
public record StoredAuditEntry(
        @ProtoField(number = 1, defaultValue = "0") long revision,
        @ProtoField(number = 2) String id,
        @ProtoField(number = 3) String who,
        @ProtoField(number = 4, type = Type.SFIXED64, defaultValue = "0") long when,
        @ProtoField(number = 5) String what,
        @ProtoField(number = 6) String why) {}
