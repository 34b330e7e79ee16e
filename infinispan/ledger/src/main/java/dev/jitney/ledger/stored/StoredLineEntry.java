package dev.jitney.ledger.stored;

import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoField;
import org.infinispan.protostream.descriptors.Type;

/**
 * A job in the line for a place.
 *
 * @param createdAt nanoseconds since the epoch
 */
@Proto
public record StoredLineEntry(
        @ProtoField(number = 1, defaultValue = "0") long job,
        @ProtoField(number = 2) String runnerClass,
        @ProtoField(number = 3, type = Type.SFIXED64, defaultValue = "0") long createdAt,
        @ProtoField(number = 4) String runner) {}
