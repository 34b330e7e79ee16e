package dev.jitney.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.core.ledger.Gates;
import dev.jitney.core.ledger.Gates.Verdict;
import dev.jitney.infinispan.server.EmbeddedInfinispan;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfinispanGatesIT extends GatesContract {
    @TempDir static Path data;
    static EmbeddedInfinispan server;
    static LedgerClient client;
    static final AtomicInteger NAMES = new AtomicInteger();
    static InfinispanGates gates;

    @BeforeAll
    static void start() {
        server = EmbeddedInfinispan.start(EmbeddedInfinispan.Config.onLoopback(data, 0));
        client = new LedgerClient("127.0.0.1:" + server.port());
        gates = new InfinispanGates(client);
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @Override
    InspectableGates gates() {
        return gates;
    }

    @Override
    String fresh() {
        return "org/fresh-" + NAMES.incrementAndGet();
    }

    @Test
    void theClusterAndItsClassesAreThereFromTheStart() {
        Map<String, Long> all = gates.readAll();

        assertTrue(all.containsKey(Gates.CLUSTER), all::toString);
        assertTrue(all.containsKey("class/code-linux"), all::toString);
    }

    @Test
    void twoProcessesShareTheCounters() throws Exception {
        String name = fresh();
        try (var other = new LedgerClient("127.0.0.1:" + server.port())) {
            var both = new InspectableGates[] {gates, new InfinispanGates(other)};

            var verdicts = Crowd.run(32, 64, i -> verdict(both[i % 2].enter(name, BOUND)));

            assertEquals(BOUND, verdicts.stream().filter(Verdict.OPEN::equals).count());
        }
    }

    @Test
    void aCounterThatTheServerLostIsMadeAnew(@TempDir Path dir) throws Exception {
        var first = EmbeddedInfinispan.start(EmbeddedInfinispan.Config.onLoopback(dir, 0));
        try (var own = new LedgerClient("127.0.0.1:" + first.port())) {
            var lost = new InfinispanGates(own);
            assertEquals(Verdict.OPEN, verdict(lost.enter("org/lost", BOUND)));
            first.close();
            var config = EmbeddedInfinispan.Config.onLoopback(dir, first.port());

            try (var _ = EmbeddedInfinispan.start(config)) {
                Crowd.until(
                        "open again", () -> verdict(lost.enter("org/lost", 1_000)) == Verdict.OPEN);
                lost.settle(lost.enter("org/lost", 1_000), true, 17);
                Crowd.until(
                        "set right", () -> Long.valueOf(17).equals(lost.readAll().get("org/lost")));
            }
        }
    }

    @Test
    void silenceCostsNoTime() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var unanswered = new LedgerClient("127.0.0.1:" + silent.getLocalPort())) {
            var ignored = new InfinispanGates(unanswered);
            long start = System.nanoTime();

            Gates.Passage passage = ignored.enter(Gates.CLUSTER, 200);
            ignored.settle(passage, true, 1);
            Verdict verdict = passage.verdict();

            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            assertEquals(Verdict.UNKNOWN, verdict);
            assertTrue(taken.compareTo(Duration.ofSeconds(1)) < 0, "took " + taken);
        }
    }
}
