package dev.jitney.infinispan.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.core.ledger.Adoption;
import dev.jitney.core.ledger.ClusterLedger;
import dev.jitney.core.ledger.OrgLedger;
import dev.jitney.ledger.InfinispanLedgers;
import dev.jitney.ledger.LedgerClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two functions under load while servers of a cluster of three go and come back. Each test leaves
 * the cluster whole for the next one.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterIT {
    private static final Path LOGS = Path.of("target", "cluster");
    private static final long SEED = System.nanoTime();

    @TempDir static Path data;
    static Servers servers;
    static Broker broker;
    static InfinispanLedgers ledgers;
    static long jobs = 1_000;

    private World world;

    @BeforeAll
    static void start() throws Exception {
        Random random = new Random(SEED);
        long begin = System.nanoTime();
        servers = new Servers(data, LOGS, random);
        servers.startAll();
        broker = new Broker(servers.addresses(), LOGS, random);
        ledgers = new InfinispanLedgers(new LedgerClient(servers.addresses()));
        ledgers.change(ledger -> Adoption.opened(ledger, List.of()));
        print("started in %d ms, seed %d".formatted((System.nanoTime() - begin) / 1_000_000, SEED));
    }

    @AfterAll
    static void stop() throws Exception {
        if (ledgers != null) {
            ledgers.close();
        }
        if (broker != null) {
            broker.close();
        }
        servers.close();
    }

    @BeforeEach
    void load() throws Exception {
        world = new World(broker, jobs, new Random(SEED + jobs));
        awaitEvents(broker.open("no fault"), 200);
    }

    @AfterEach
    void unload() throws Exception {
        servers.thawAll();
        world.close();
        jobs = world.lastJob();
    }

    @Test
    @Order(1)
    void survivesTheDeathOfEachServerInTurn() throws Exception {
        for (int i = 0; i < Servers.COUNT; i++) {
            Window window = broker.open("kill -9 of server " + i);
            servers.kill(i);
            awaitSuccess(window);
            awaitEvents(window, window.taken() + 200);
            servers.start(i);
            awaitEvents(window, window.taken() + 100);
            print(window.summary());
        }

        assertAllEndsWell();
    }

    /** Longer than it takes the others to leave it out. */
    @Test
    @Order(2)
    void leavesAFrozenServerOutAndLetsItBackWithoutWhatItMissed() throws Exception {
        int frozen = 1;
        List<Integer> others = List.of(servers.port(0), servers.port(2));
        try (Probe probe = new Probe(servers.port(frozen), others)) {
            probe.writeAll("old");
            probe.connect();
            Window window = broker.open("server %d frozen".formatted(frozen));
            servers.freeze(frozen);
            awaitSuccess(window);
            awaitEvents(window, window.taken() + 100);
            print(window.summary());
            probe.writeAll("new");
            window = broker.open("server %d thawed".formatted(frozen));
            servers.thaw(frozen);
            probe.askUntilFresh("new");
            print(probe.summary());
            servers.awaitWhole();
            awaitEvents(window, window.taken() + 100);
            print(window.summary());
            assertEquals(Map.of("new", probe.keys()), probe.values());
            assertEquals(0, probe.staleReplaced());
        }

        assertAllEndsWell();
    }

    /**
     * The ledgers are as they were. Counters come back as they were, at zero or not at all, and a
     * tick of the reconciler puts them right.
     */
    @Test
    @Order(3)
    void findsEverythingAgainAfterACleanRestartOfAll() throws Exception {
        Window window = broker.open("shut down and started together");
        try (Broker.Quiet _ = broker.hold()) {
            ClusterLedger cluster = ledgers.readCluster();
            List<OrgLedger> organizations = ledgers.readAll();
            assertTrue(cluster.places().size() > 0, "nothing is under way");
            String before = broker.counters();

            servers.shutDown();
            servers.startAll();

            assertEquals(cluster, ledgers.readCluster());
            assertEquals(organizations, ledgers.readAll());
            print("counters before %s, after %s".formatted(before, broker.counters()));
            String places = Integer.toString(cluster.places().size());
            await(
                    "the counters are right",
                    () -> {
                        world.take(broker.tick());
                        return value(broker.counters(), "cluster").equals(places);
                    });
        }
        awaitSuccess(window);
        awaitEvents(window, window.taken() + 100);
        print(window.summary());

        assertAllEndsWell();
    }

    private static String value(String counters, String name) {
        return counters.replaceAll(".*[{ ]" + name + "=(-?[0-9]+)[,}].*", "$1");
    }

    private static void awaitSuccess(Window window) throws InterruptedException {
        await("a success", window::hasSucceeded);
    }

    private static void awaitEvents(Window window, int events) throws InterruptedException {
        await(events + " events taken", () -> window.taken() >= events);
    }

    private static void await(String what, java.util.function.BooleanSupplier condition)
            throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, () -> "not within a minute: " + what);
            Thread.sleep(10);
        }
    }

    private void assertAllEndsWell() throws Exception {
        world.settle();

        assertEquals(List.of(), List.copyOf(world.violations()));
        for (String report : broker.reports()) {
            String[] parts = report.split(" ", 4);
            assertEquals("", parts[3].strip());
            print(
                    "function: %s updates, %s applied again, %s of them after a stale read"
                            .formatted(parts[0], parts[1], parts[2]));
        }
        ClusterLedger cluster = ledgers.readCluster();
        assertEquals(0, cluster.places().size(), () -> "places left: " + cluster);
        for (OrgLedger ledger : ledgers.readAll()) {
            assertTrue(ledger.isIdle(), () -> "left: " + ledger);
        }
        String drifted = broker.counters();
        broker.tick();
        await("counters are right", () -> isZero(broker.counters()));
        print("%d jobs ended; counters before the last tick: %s".formatted(world.ended(), drifted));
    }

    private static boolean isZero(String counters) {
        return counters.contains("cluster=0") && !counters.matches(".*=[1-9].*");
    }

    private static void print(String line) {
        System.out.println("cluster: " + line);
    }
}
