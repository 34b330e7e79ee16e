package dev.jitney.core.reconcile;

import dev.jitney.core.Organization;
import dev.jitney.core.ledger.ClusterLedger;
import dev.jitney.core.ledger.OrgLedger;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one tick looks at. The pods must be listed before the ledgers are read: a pod that is
 * younger than the ledgers would look as if it had no lease.
 *
 * @param counters values by name
 * @param furtherBack who is noted to stand further back in line
 */
public record Snapshot(
        Instant now,
        ClusterLedger cluster,
        List<OrgLedger> organizations,
        List<PodSeen> pods,
        Map<String, Long> counters,
        Set<Organization> furtherBack) {
    /** Nobody stands further back in line. */
    public Snapshot(
            Instant now,
            ClusterLedger cluster,
            List<OrgLedger> organizations,
            List<PodSeen> pods,
            Map<String, Long> counters) {
        this(now, cluster, organizations, pods, counters, Set.of());
    }

    public Snapshot {
        furtherBack = Collections.unmodifiableSet(new LinkedHashSet<>(furtherBack));
        organizations = List.copyOf(organizations);
        pods = List.copyOf(pods);
        counters = Collections.unmodifiableMap(new LinkedHashMap<>(counters));
    }
}
