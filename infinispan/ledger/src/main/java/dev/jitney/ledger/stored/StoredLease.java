package dev.jitney.ledger.stored;

import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoField;
import org.infinispan.protostream.descriptors.Type;

/**
 * The right of an organization to one runner.
 *
 * @param state name of the state
 * @param since nanoseconds since the epoch
 * @param runnerClass of the runner; empty when it is the job's
 */
@Proto
public record StoredLease(
        @ProtoField(number = 1) String runner,
        @ProtoField(number = 2) StoredJob job,
        @ProtoField(number = 3) String state,
        @ProtoField(number = 4, type = Type.SFIXED64, defaultValue = "0") long since,
        @ProtoField(number = 5, defaultValue = "") String runnerClass) {}
