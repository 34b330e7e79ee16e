package dev.jitney.ledger.stored;

import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoField;

/** Where one round stopped. */
@Proto
public record StoredBookmark(
        @ProtoField(number = 1) String round, @ProtoField(number = 2) String at) {}
