package dev.jitney.ledger;

import static dev.jitney.ledger.Samples.CAPACITY;
import static dev.jitney.ledger.Samples.org;
import static dev.jitney.ledger.Samples.submit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.core.ledger.ClusterLedger;
import dev.jitney.core.ledger.LedgerUnavailable;
import dev.jitney.core.ledger.Ledgers;
import dev.jitney.core.ledger.OrgLedger;
import dev.jitney.infinispan.server.EmbeddedInfinispan;
import dev.jitney.ledger.stored.LedgerSchema;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.stream.LongStream;
import org.infinispan.client.hotrod.RemoteCache;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfinispanLedgersIT extends LedgersContract {
    @TempDir static Path data;
    static EmbeddedInfinispan server;
    static LedgerClient client;
    static InfinispanLedgers ledgers;

    @BeforeAll
    static void start() {
        server = EmbeddedInfinispan.start(EmbeddedInfinispan.Config.onLoopback(data, 0));
        client = new LedgerClient("127.0.0.1:" + server.port());
        ledgers = new InfinispanLedgers(client);
    }

    @AfterAll
    static void stop() {
        ledgers.close();
        server.close();
    }

    @BeforeEach
    void clear() {
        client.ledgersCache().join().clear();
    }

    @Override
    Ledgers ledgers() {
        return ledgers;
    }

    @Override
    VersionedStore<OrgLedger> organizationStore() {
        return InfinispanLedgers.organizationStore(client);
    }

    @Override
    VersionedStore<ClusterLedger> clusterStore() {
        return InfinispanLedgers.clusterStore(client);
    }

    @Override
    VersionedStore<Page> pageStore() {
        return InfinispanLedgers.pageStore(client);
    }

    @Test
    void limitsHoldWhenTwoProcessesWriteTheSameRecords() throws Exception {
        try (var other = new InfinispanLedgers(new LedgerClient("127.0.0.1:" + server.port()))) {
            List<Ledgers> processes = List.of(Samples.opened(ledgers), other);

            // Both see every job.
            Crowd.run(
                    32,
                    240,
                    i -> {
                        submit(processes.get(i % 2), org(i / 2 % 3), 1 + i / 2);
                        return i;
                    });

            assertLimitsHold(ledgers);
            assertEquals(CAPACITY, other.readCluster().places().size());
            assertEquals(
                    new HashSet<>(LongStream.rangeClosed(1, 120).boxed().toList()), jobs(other));
        }
    }

    @Test
    void findsBackAfterTheServerWasGone(@TempDir Path dir) {
        var first = EmbeddedInfinispan.start(EmbeddedInfinispan.Config.onLoopback(dir, 0));
        try (var own = new LedgerClient("127.0.0.1:" + first.port());
                var reconnecting = new InfinispanLedgers(own)) {
            submit(Samples.opened(reconnecting), org(1), 1);
            OrgLedger before = reconnecting.read(org(1));

            first.close();
            assertFalse(own.isReachable());
            var config = EmbeddedInfinispan.Config.onLoopback(dir, first.port());
            try (var _ = EmbeddedInfinispan.start(config)) {
                assertEquals(before, reconnecting.read(org(1)));
                submit(reconnecting, org(1), 2);
                assertEquals(2, reconnecting.read(org(1)).leases().size());
                assertTrue(own.isReachable());
            }
        }
    }

    @Test
    void saysInTimeThatNobodyAnswers() throws IOException {
        // It listens, but nobody ever answers.
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var client = new LedgerClient("127.0.0.1:" + silent.getLocalPort());
                var unanswered = new InfinispanLedgers(client)) {
            long start = System.nanoTime();

            assertThrows(LedgerUnavailable.class, () -> submit(unanswered, org(1), 1));

            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            assertTrue(taken.compareTo(Duration.ofSeconds(8)) < 0, "took " + taken);
            assertFalse(client.isReachable());
        }
    }

    @Test
    void tellsTheServerTheSchema() throws Exception {
        RemoteCache<String, String> schemas =
                client.manager().join().getCache("___protobuf_metadata");
        String name = LedgerSchema.create().getProtoFileName();

        Crowd.until("registered", () -> schemas.containsKey(name));

        assertEquals(LedgerSchema.create().getProtoFile(), schemas.get(name));
        assertEquals(null, schemas.get(name + ".errors"));
    }
}
