package dev.jitney.ledger.stored;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.jitney.core.JobId;
import dev.jitney.core.Organization;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.ledger.Age;
import dev.jitney.core.ledger.ClusterLedger;
import dev.jitney.core.ledger.Lease;
import dev.jitney.core.ledger.LeaseState;
import dev.jitney.core.ledger.OrgLedger;
import dev.jitney.core.ledger.Overflow;
import dev.jitney.core.ledger.Rebuild;
import dev.jitney.ledger.Page;
import dev.jitney.ledger.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.infinispan.protostream.ProtobufUtil;
import org.infinispan.protostream.SerializationContext;
import org.junit.jupiter.api.Test;

class StoredLedgersTest {
    private final SerializationContext context = ProtobufUtil.newSerializationContext();

    StoredLedgersTest() {
        LedgerSchema.create().register(context);
    }

    @Test
    void ledgersComeBackAsTheyWere() throws IOException {
        OrgLedger organization = Samples.orgLedger();
        ClusterLedger cluster = Samples.clusterLedger();

        assertEquals(organization, readOrg(bytes(OrgLedgerMapping.toStored(organization))));
        assertEquals(cluster, readCluster(bytes(ClusterLedgerMapping.toStored(cluster))));
    }

    /** GitHub may give a runner a job of another class. */
    @Test
    void theClassOfARunnerComesBack_whateverJobItRuns() throws IOException {
        OrgLedger ledger = Samples.orgLedger();
        Lease any = ledger.leases().values().iterator().next();
        Lease large =
                new Lease(
                        any.runner(),
                        new RunnerClassName("large"),
                        any.job(),
                        LeaseState.BUSY,
                        any.since());
        var changed =
                new OrgLedger(
                        ledger.organization(),
                        ledger.revision(),
                        List.of(),
                        Map.of(any.runner(), large),
                        Map.of(),
                        Map.of());

        assertEquals(changed, readOrg(bytes(OrgLedgerMapping.toStored(changed))));
    }

    @Test
    void aLongLineComesBackAsItWas() throws IOException {
        RunnerClassName small = new RunnerClassName("small");
        Age age = new Age(Samples.NOW, new JobId(7));
        Map<Organization, Age> unfiled = Map.of(new Organization("acme"), age);
        for (Overflow each :
                List.of(
                        new Overflow(age, Optional.empty(), new TreeSet<>(), unfiled),
                        new Overflow(
                                Age.LAST,
                                Optional.of(new Overflow.Recall(age, Samples.NOW)),
                                new TreeSet<>(List.of(1L, age.minute())),
                                Map.of()))) {
            ClusterLedger cluster =
                    new ClusterLedger(
                            3,
                            new Rebuild.Begun(Samples.NOW),
                            Map.of(),
                            Map.of(),
                            Map.of(small, each));
            assertEquals(cluster, readCluster(bytes(ClusterLedgerMapping.toStored(cluster))));
        }
        Page page = new Page(unfiled);
        assertEquals(page, PageMapping.fromStored(PageMapping.toStored(page)));
    }

    /** The files are version 1 as it was first written. They are never written again. */
    @Test
    void recordsOfVersion1AreRead() throws IOException {
        assertEquals(Samples.orgLedger(), readOrg(golden("org-ledger-v1.hex")));
        assertEquals(Samples.clusterLedger(), readCluster(golden("cluster-ledger-v1.hex")));
    }

    @Test
    void bookmarksOfVersion1AreRead() throws IOException {
        var bookmarks = new TreeMap<>(Map.of("jobs", "octo/7", "recent", "octo"));
        byte[] golden = golden("bookmarks-v1.hex");

        assertEquals(bookmarks, readBookmarks(golden));
        assertEquals(
                bookmarks, readBookmarks(bytes(BookmarksMapping.toStored(bookmarks))), "as today");
        ByteArrayOutputStream newer = new ByteArrayOutputStream();
        newer.write(golden);
        newer.write(HexFormat.of().parseHex("98062a"));
        assertEquals(bookmarks, readBookmarks(newer.toByteArray()));
    }

    private SortedMap<String, String> readBookmarks(byte[] bytes) throws IOException {
        return BookmarksMapping.fromStored(
                ProtobufUtil.fromByteArray(context, bytes, StoredBookmarks.class));
    }

    @Test
    void recordsOfANewerVersionAreRead() throws IOException {
        byte[] known = bytes(OrgLedgerMapping.toStored(Samples.orgLedger()));
        ByteArrayOutputStream newer = new ByteArrayOutputStream();
        newer.write(known);
        // Field 99, a number; field 100, a text; field 4 (a job in the backlog) with a field 50.
        newer.write(HexFormat.of().parseHex("98062a" + "a20603616263"));

        assertEquals(Samples.orgLedger(), readOrg(newer.toByteArray()));

        byte[] job = bytes(new StoredJob(7, "code-linux", "o/r", 1, 0, 0, 0, "PRIORITY"));
        ByteArrayOutputStream wider = new ByteArrayOutputStream();
        wider.write(known);
        wider.write(4 << 3 | 2);
        wider.write(job.length + 3);
        wider.write(job);
        wider.write(HexFormat.of().parseHex("900301"));

        OrgLedger read = readOrg(wider.toByteArray());
        assertEquals(Samples.orgLedger().backlog().size() + 1, read.backlog().size());
    }

    @Test
    void timesLoseNothing() {
        for (Instant each :
                new Instant[] {
                    Instant.EPOCH,
                    Samples.NOW,
                    Instant.EPOCH.minusNanos(1),
                    Nanos.toInstant(Long.MIN_VALUE),
                    Nanos.toInstant(Long.MAX_VALUE)
                }) {
            assertEquals(each, Nanos.toInstant(Nanos.of(each)));
        }
        assertEquals(Long.MAX_VALUE, Nanos.of(Instant.MAX));
        assertEquals(Long.MIN_VALUE, Nanos.of(Instant.MIN));
    }

    private byte[] bytes(Object stored) throws IOException {
        return ProtobufUtil.toByteArray(context, stored);
    }

    private OrgLedger readOrg(byte[] bytes) throws IOException {
        return OrgLedgerMapping.fromStored(
                ProtobufUtil.fromByteArray(context, bytes, StoredOrgLedger.class));
    }

    private ClusterLedger readCluster(byte[] bytes) throws IOException {
        return ClusterLedgerMapping.fromStored(
                ProtobufUtil.fromByteArray(context, bytes, StoredClusterLedger.class));
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = StoredLedgersTest.class.getResourceAsStream(name)) {
            assertNotNull(in, name);
            return HexFormat.of()
                    .parseHex(
                            new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                                    .replaceAll("\\s", ""));
        }
    }
}
