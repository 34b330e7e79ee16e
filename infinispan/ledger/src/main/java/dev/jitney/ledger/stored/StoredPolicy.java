package dev.jitney.ledger.stored;

import java.util.List;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoField;

/**
 * What operators decided.
 *
 * @param schemaVersion of the code that wrote it
 */
@Proto
public record StoredPolicy(
        @ProtoField(number = 1, defaultValue = "0") int schemaVersion,
        @ProtoField(number = 2, defaultValue = "0") long revision,
        @ProtoField(number = 3, defaultValue = "false") boolean seeded,
        @ProtoField(number = 4, defaultValue = "false") boolean draining,
        @ProtoField(number = 5) List<StoredPolicyLimit> limits,
        @ProtoField(number = 6) List<String> allowed,
        @ProtoField(number = 7) List<String> denied,
        @ProtoField(number = 8) List<String> frozen,
        @ProtoField(number = 9) List<String> frozenClasses,
        @ProtoField(number = 10) List<StoredBoost> boosts,
        @ProtoField(number = 11) List<StoredAuditEntry> log) {}
