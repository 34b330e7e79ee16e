package dev.jitney.ledger.stored;

import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoField;

/**
 * A limit that operators set.
 *
 * @param of {@code cluster}, {@code organization} for everybody's, {@code org/<login>} or {@code
 *     class/<name>}
 */
@Proto
public record StoredPolicyLimit(
        @ProtoField(number = 1) String of, @ProtoField(number = 2, defaultValue = "0") int limit) {}
