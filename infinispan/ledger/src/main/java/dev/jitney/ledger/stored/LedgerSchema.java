package dev.jitney.ledger.stored;

import org.infinispan.protostream.GeneratedSchema;
import org.infinispan.protostream.annotations.ProtoSchema;
import org.infinispan.protostream.annotations.ProtoSyntax;

/** The schema of the stored ledgers and their marshallers, made from the records here. */
@ProtoSchema(
        syntax = ProtoSyntax.PROTO3,
        schemaPackageName = "jitney.ledger.v1",
        schemaFileName = "jitney-ledger-v1.proto",
        schemaFilePath = "/proto",
        includeClasses = {
            StoredJob.class,
            StoredLease.class,
            StoredEnd.class,
            StoredOrgLedger.class,
            StoredPlace.class,
            StoredLineEntry.class,
            StoredStanding.class,
            StoredClusterLedger.class,
            StoredNote.class,
            StoredPage.class,
            StoredOverflow.class,
            StoredBookmark.class,
            StoredBookmarks.class
        })
public interface LedgerSchema extends GeneratedSchema {
    /** The version that is written into every record. */
    int VERSION = 1;

    static GeneratedSchema create() {
        return new LedgerSchemaImpl();
    }
}
