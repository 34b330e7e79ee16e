package dev.jitney.ledger.stored;

import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoField;
import org.infinispan.protostream.descriptors.Type;

/**
 * A job that has ended.
 *
 * @param at nanoseconds since the epoch
 */
@Proto
public record StoredEnd(
        @ProtoField(number = 1, defaultValue = "0") long job,
        @ProtoField(number = 2, type = Type.SFIXED64, defaultValue = "0") long at) {}
