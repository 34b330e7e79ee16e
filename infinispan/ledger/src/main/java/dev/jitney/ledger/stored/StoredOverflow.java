package dev.jitney.ledger.stored;

import java.util.List;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoField;
import org.infinispan.protostream.descriptors.Type;

/**
 * The part of one class's line that is in pages.
 *
 * @param fromCreatedAt of the oldest age that stands further back, nanoseconds since the epoch
 * @param fromJob of that age
 * @param recallCreatedAt the same of a recall; 0 when there is none
 * @param recallJob of that age
 * @param recallSince when the recall began, nanoseconds since the epoch
 * @param minutes since the epoch that have pages
 * @param unfiled organizations that are in no page yet
 */
@Proto
public record StoredOverflow(
        @ProtoField(number = 1) String runnerClass,
        @ProtoField(number = 2, type = Type.SFIXED64, defaultValue = "0") long fromCreatedAt,
        @ProtoField(number = 3, defaultValue = "0") long fromJob,
        @ProtoField(number = 4, type = Type.SFIXED64, defaultValue = "0") long recallCreatedAt,
        @ProtoField(number = 5, defaultValue = "0") long recallJob,
        @ProtoField(number = 6, type = Type.SFIXED64, defaultValue = "0") long recallSince,
        @ProtoField(number = 7) List<Long> minutes,
        @ProtoField(number = 8) List<StoredNote> unfiled) {}
