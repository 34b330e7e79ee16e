package dev.jitney.ledger.stored;

import org.infinispan.protostream.GeneratedSchema;
import org.infinispan.protostream.annotations.ProtoSchema;
import org.infinispan.protostream.annotations.ProtoSyntax;

/** The schema of the stored policy and its marshallers, made from the records here. */
@ProtoSchema(
        syntax = ProtoSyntax.PROTO3,
        schemaPackageName = "jitney.policy.v1",
        schemaFileName = "jitney-policy-v1.proto",
        schemaFilePath = "/proto",
        includeClasses = {
            StoredPolicyLimit.class,
            StoredBoost.class,
            StoredAuditEntry.class,
            StoredPolicy.class
        })
public interface PolicySchema extends GeneratedSchema {
    /** The version that is written into every record. */
    int VERSION = 1;

    static GeneratedSchema create() {
        return new PolicySchemaImpl();
    }
}
