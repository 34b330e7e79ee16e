package dev.jitney.infinispan.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.infinispan.client.hotrod.MetadataValue;
import org.infinispan.client.hotrod.RemoteCache;
import org.infinispan.client.hotrod.RemoteCacheManager;
import org.infinispan.client.hotrod.configuration.ClientIntelligence;
import org.infinispan.client.hotrod.configuration.ConfigurationBuilder;
import org.infinispan.client.hotrod.exceptions.HotRodClientException;

/**
 * Asks one server and no other, as a client does that has not heard yet that it was left out. In a
 * cache of strings that is defined like the ledgers.
 */
final class Probe implements AutoCloseable {
    /** Several for each server to be the first owner of. */
    private static final int KEYS = 24;

    private final RemoteCacheManager one;
    private final RemoteCacheManager all;
    private int stale;
    private int staleReplaced;
    private int fresh;
    private int refused;
    private long lastStale;
    private long thawed;

    Probe(int port, List<Integer> others) {
        one = client(List.of(port), ClientIntelligence.BASIC, 0, 1_000);
        all = client(others, ClientIntelligence.HASH_DISTRIBUTION_AWARE, 3, 5_000);
    }

    private static RemoteCacheManager client(
            List<Integer> ports, ClientIntelligence intelligence, int retries, int timeoutMillis) {
        ConfigurationBuilder builder = new ConfigurationBuilder();
        ports.forEach(port -> builder.addServer().host("127.0.0.1").port(port));
        return new RemoteCacheManager(
                builder.clientIntelligence(intelligence)
                        .maxRetries(retries)
                        .socketTimeout(timeoutMillis)
                        .connectionTimeout(1_000)
                        .build());
    }

    /** Writes a value everywhere that the servers other than the one agree on. */
    void writeAll(String value) {
        RemoteCache<String, String> cache = all.getCache("policy");
        for (int i = 0; i < KEYS; i++) {
            cache.put("probe-" + i, value);
        }
    }

    /** The one server has answered, so that there is a connection to it. */
    void connect() {
        RemoteCache<String, String> cache = one.getCache("policy");
        cache.get("probe-0");
    }

    /** Reads, and replaces what is not new, until the server has answered truly for a while. */
    void askUntilFresh(String now) throws InterruptedException {
        thawed = System.nanoTime();
        lastStale = thawed;
        int freshInARow = 0;
        while (freshInARow < 10 * KEYS) {
            if (System.nanoTime() - thawed > Duration.ofSeconds(60).toNanos()) {
                throw new AssertionError("still stale after a minute; " + summary());
            }
            for (int i = 0; i < KEYS; i++) {
                freshInARow = ask("probe-" + i, now) ? freshInARow + 1 : 0;
            }
            Thread.sleep(5);
        }
    }

    private boolean ask(String key, String now) {
        try {
            RemoteCache<String, String> cache = one.getCache("policy");
            MetadataValue<String> found = cache.getWithMetadata(key);
            if (found != null && found.getValue().equals(now)) {
                fresh++;
                return true;
            }
            stale++;
            lastStale = System.nanoTime();
            if (found != null && cache.replaceWithVersion(key, "overwritten", found.getVersion())) {
                staleReplaced++;
            }
        } catch (HotRodClientException e) {
            refused++;
        }
        return false;
    }

    /** What the servers agree on now, and how many keys say so. */
    Map<String, Integer> values() {
        RemoteCache<String, String> cache = all.getCache("policy");
        Map<String, Integer> values = new TreeMap<>();
        for (int i = 0; i < KEYS; i++) {
            values.merge(String.valueOf(cache.get("probe-" + i)), 1, Integer::sum);
        }
        return new LinkedHashMap<>(values);
    }

    int keys() {
        return KEYS;
    }

    int staleReplaced() {
        return staleReplaced;
    }

    String summary() {
        return "asked alone: stale answers for %.1f s, %d of them, %d replaced, %d refused, %d true"
                .formatted(
                        Duration.ofNanos(lastStale - thawed).toMillis() / 1000.0,
                        stale,
                        staleReplaced,
                        refused,
                        fresh);
    }

    @Override
    public void close() {
        List<RuntimeException> failures = new ArrayList<>();
        for (RemoteCacheManager each : List.of(one, all)) {
            try {
                each.close();
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
        failures.forEach(Throwable::printStackTrace);
    }
}
