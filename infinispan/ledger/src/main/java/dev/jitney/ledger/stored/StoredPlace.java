package dev.jitney.ledger.stored;

import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoField;
import org.infinispan.protostream.descriptors.Type;

/**
 * One unit of the cluster's capacity, taken by a runner.
 *
 * @param since nanoseconds since the epoch
 */
@Proto
public record StoredPlace(
        @ProtoField(number = 1) String runner,
        @ProtoField(number = 2) String organization,
        @ProtoField(number = 3) String runnerClass,
        @ProtoField(number = 4, defaultValue = "0") long job,
        @ProtoField(number = 5, type = Type.SFIXED64, defaultValue = "0") long since) {}
