package dev.jitney.infinispan.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.infinispan.server.EmbeddedInfinispan.Config;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.infinispan.client.hotrod.RemoteCache;
import org.infinispan.client.hotrod.RemoteCacheManager;
import org.infinispan.client.hotrod.RemoteCounterManagerFactory;
import org.infinispan.client.hotrod.configuration.ConfigurationBuilder;
import org.infinispan.client.hotrod.exceptions.HotRodClientException;
import org.infinispan.counter.api.StrongCounter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedInfinispanIT {
    private static final int WRITERS = 8;

    /** Leaves room below the ceiling of the counter for every writer. */
    private static final int COUNTED_AT_MOST = 150;

    private static final int ACKNOWLEDGED_AT_LEAST = 2_000;

    @TempDir Path data;

    @Test
    void servesTheCachesAndCountersOfTheDefinitions() throws Exception {
        try (var server = EmbeddedInfinispan.start(Config.onLoopback(data, 0));
                var client = client(server.port())) {
            for (String cache : List.of("ledgers", "policy", "journal", "locks")) {
                RemoteCache<String, String> each = client.getCache(cache);
                each.put("key", cache);
                assertEquals(cache, each.get("key"));
            }
            assertEquals(-1, lifespan(client, "ledgers"));
            assertEquals(-1, lifespan(client, "policy"));
            assertEquals(259_200, lifespan(client, "journal"));
            assertEquals(120, lifespan(client, "locks"));
            assertEquals(
                    Set.of("cluster", "class/code-linux"),
                    Set.copyOf(
                            RemoteCounterManagerFactory.asCounterManager(client)
                                    .getCounterNames()));
            assertEquals(200, counter(client, "cluster").getConfiguration().upperBound());
        }
    }

    private static int lifespan(RemoteCacheManager client, String cache) {
        return client.getCache(cache).getWithMetadata("key").getLifespan();
    }

    @Test
    void keepsEverythingWhenItIsStopped() throws Exception {
        int port;
        try (var server = EmbeddedInfinispan.start(Config.onLoopback(data, 0));
                var client = client(server.port())) {
            port = server.port();
            client.getCache("ledgers").put("key", "kept");
            counter(client, "cluster").incrementAndGet().get();
        }

        try (var _ = EmbeddedInfinispan.start(Config.onLoopback(data, port));
                var client = client(port)) {
            assertEquals("kept", client.getCache("ledgers").get("key"));
            assertEquals(1, counter(client, "cluster").getValue().get());
        }
    }

    /** Each writer replaces a record of its own over and over, and adds new ones. */
    @Test
    void keepsWhatItAcknowledgedWhenItIsKilled() throws Exception {
        Map<String, Long> acknowledged = new ConcurrentHashMap<>();
        AtomicLong counted = new AtomicLong();
        int port;
        try (ServerProcess server = ServerProcess.start(data, 0);
                var client = client(server.port());
                ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            port = server.port();
            for (int i = 0; i < WRITERS; i++) {
                String name = "writer-" + i;
                var _ = writers.submit(() -> write(client, name, acknowledged, counted));
            }
            while (acknowledged.size() < ACKNOWLEDGED_AT_LEAST) {
                Thread.sleep(5);
            }
            server.close();
        }

        try (ServerProcess _ = ServerProcess.start(data, port);
                var client = client(port)) {
            RemoteCache<String, Long> cache = client.getCache("ledgers");
            for (var entry : acknowledged.entrySet()) {
                Long found = cache.get(entry.getKey());
                assertTrue(
                        found != null && found >= entry.getValue(),
                        () -> entry + " was acknowledged, found " + found);
            }
            assertTrue(counter(client, "cluster").getValue().get() >= counted.get());
        }
    }

    private static void write(
            RemoteCacheManager client,
            String name,
            Map<String, Long> acknowledged,
            AtomicLong counted) {
        RemoteCache<String, Long> cache = client.getCache("ledgers");
        StrongCounter counter = counter(client, "cluster");
        cache.put(name, 0L);
        try {
            for (long i = 1; ; i++) {
                cache.put(name + "/" + i, i);
                acknowledged.put(name + "/" + i, i);
                long version = cache.getWithMetadata(name).getVersion();
                assertTrue(cache.replaceWithVersion(name, i, version));
                acknowledged.put(name, i);
                if (i % 10 == 0 && counted.get() < COUNTED_AT_MOST) {
                    counted.accumulateAndGet(counter.sync().incrementAndGet(), Math::max);
                }
            }
        } catch (HotRodClientException e) {
            // Killed: what was not acknowledged may be there or not.
            return;
        }
    }

    @Test
    void leavesNothingRunningWhenItsPortIsTaken(@TempDir Path other) {
        try (var server = EmbeddedInfinispan.start(Config.onLoopback(data, 0))) {
            Config taken = Config.onLoopback(other, server.port());

            assertThrows(RuntimeException.class, () -> EmbeddedInfinispan.start(taken));
        }

        try (var _ = EmbeddedInfinispan.start(Config.onLoopback(other, 0))) {
            // Its directory was let go.
        }
    }

    private static StrongCounter counter(RemoteCacheManager client, String name) {
        return RemoteCounterManagerFactory.asCounterManager(client).getStrongCounter(name);
    }

    private static RemoteCacheManager client(int port) {
        ConfigurationBuilder builder = new ConfigurationBuilder();
        builder.addServer().host("127.0.0.1").port(port);
        return new RemoteCacheManager(builder.maxRetries(0).build());
    }
}
