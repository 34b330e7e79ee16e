package dev.jitney.ledger;

import dev.jitney.core.Organization;
import dev.jitney.core.ledger.ClusterLedger;
import dev.jitney.core.ledger.LedgerUnavailable;
import dev.jitney.core.ledger.OrgLedger;
import dev.jitney.ledger.stored.ClusterLedgerMapping;
import dev.jitney.ledger.stored.OrgLedgerMapping;
import dev.jitney.ledger.stored.PageMapping;
import dev.jitney.ledger.stored.StoredClusterLedger;
import dev.jitney.ledger.stored.StoredOrgLedger;
import dev.jitney.ledger.stored.StoredPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.infinispan.client.hotrod.RemoteCache;

/**
 * The ledgers in the cache {@code ledgers} of Infinispan: {@code org/<login>} and {@code cluster}.
 *
 * <p>Blocks its callers, which may be virtual threads. Nothing takes longer than five seconds, but
 * for {@link #readAll()}, which may take twenty. Closing it closes its client.
 */
public final class InfinispanLedgers extends KeyedLedgers implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PATIENCE_FOR_ALL = Duration.ofSeconds(20);
    private static final int READ_AT_ONCE = 100;

    /** Longer than GitHub lets a job wait for a runner. */
    private static final Duration PAGES_LIVE = Duration.ofDays(2);

    private final LedgerClient client;

    public InfinispanLedgers(LedgerClient client) {
        super(organizationStore(client), clusterStore(client), pageStore(client), PATIENCE);
        this.client = client;
    }

    static VersionedStore<OrgLedger> organizationStore(LedgerClient client) {
        return new HotRodStore<>(
                client::ledgersCache,
                OrgLedgerMapping::toStored,
                stored -> OrgLedgerMapping.fromStored((StoredOrgLedger) stored));
    }

    static VersionedStore<ClusterLedger> clusterStore(LedgerClient client) {
        return new HotRodStore<>(
                client::ledgersCache,
                ClusterLedgerMapping::toStored,
                stored -> ClusterLedgerMapping.fromStored((StoredClusterLedger) stored));
    }

    static VersionedStore<Page> pageStore(LedgerClient client) {
        return new HotRodStore<>(
                client::ledgersCache,
                PageMapping::toStored,
                stored -> PageMapping.fromStored((StoredPage) stored),
                PAGES_LIVE);
    }

    /** Not one moment's picture: each record is read at its own time. */
    @Override
    public List<OrgLedger> readAll() {
        Deadline deadline = Deadline.in(PATIENCE_FOR_ALL);
        try {
            RemoteCache<String, Object> cache = NoAnswer.await(client.ledgersCache(), deadline);
            List<String> keys =
                    NoAnswer.await(
                            CompletableFuture.supplyAsync(
                                    () -> organizationKeys(cache), Thread::startVirtualThread),
                            deadline);
            return readMany(keys, cache, deadline).stream()
                    .sorted(Comparator.comparing(OrgLedger::organization))
                    .toList();
        } catch (RuntimeException e) {
            throw new LedgerUnavailable("the ledgers could not be read", e);
        }
    }

    @Override
    public List<OrgLedger> read(Collection<Organization> organizations) {
        Deadline deadline = Deadline.in(PATIENCE);
        try {
            RemoteCache<String, Object> cache = NoAnswer.await(client.ledgersCache(), deadline);
            Map<Organization, OrgLedger> found = new HashMap<>();
            List<String> keys = organizations.stream().map(KeyedLedgers::key).toList();
            readMany(keys, cache, deadline).forEach(each -> found.put(each.organization(), each));
            return organizations.stream()
                    .map(each -> found.getOrDefault(each, OrgLedger.empty(each)))
                    .toList();
        } catch (RuntimeException e) {
            throw new LedgerUnavailable("some ledgers could not be read", e);
        }
    }

    private static List<OrgLedger> readMany(
            List<String> keys, RemoteCache<String, Object> cache, Deadline deadline) {
        List<OrgLedger> all = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += READ_AT_ONCE) {
            List<String> some = keys.subList(from, Math.min(from + READ_AT_ONCE, keys.size()));
            NoAnswer.await(cache.getAllAsync(new HashSet<>(some)), deadline).values().stream()
                    .map(stored -> OrgLedgerMapping.fromStored((StoredOrgLedger) stored))
                    .forEach(all::add);
        }
        return all;
    }

    private static List<String> organizationKeys(RemoteCache<String, Object> cache) {
        try (Stream<String> keys = cache.keySet().stream()) {
            return keys.filter(KeyedLedgers::isOrganization).sorted().toList();
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
