package dev.jitney.ledger.stored;

import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoField;
import org.infinispan.protostream.descriptors.Type;

/**
 * An organization that stands further back in line.
 *
 * @param createdAt of its oldest job there, nanoseconds since the epoch
 * @param job that job
 */
@Proto
public record StoredNote(
        @ProtoField(number = 1) String organization,
        @ProtoField(number = 2, type = Type.SFIXED64, defaultValue = "0") long createdAt,
        @ProtoField(number = 3, defaultValue = "0") long job) {}
