package dev.jitney.ledger.stored;

import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoField;
import org.infinispan.protostream.descriptors.Type;

/**
 * A higher limit that ends by itself.
 *
 * @param until nanoseconds since the epoch
 */
@Proto
public record StoredBoost(
        @ProtoField(number = 1) String organization,
        @ProtoField(number = 2, defaultValue = "0") int limit,
        @ProtoField(number = 3, type = Type.SFIXED64, defaultValue = "0") long until) {}
