package dev.jitney.ledger.stored;

import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoField;
import org.infinispan.protostream.descriptors.Type;

/**
 * A job that wants a runner, or had one.
 *
 * @param createdAt nanoseconds since the epoch
 * @param notBefore nanoseconds since the epoch
 * @param held name of the reason; empty when nothing holds it
 */
@Proto
public record StoredJob(
        @ProtoField(number = 1, defaultValue = "0") long id,
        @ProtoField(number = 2) String runnerClass,
        @ProtoField(number = 3) String repository,
        @ProtoField(number = 4, type = Type.SFIXED64, defaultValue = "0") long createdAt,
        @ProtoField(number = 5, defaultValue = "0") int generation,
        @ProtoField(number = 6, defaultValue = "0") int failures,
        @ProtoField(number = 7, type = Type.SFIXED64, defaultValue = "0") long notBefore,
        @ProtoField(number = 8) String held) {}
