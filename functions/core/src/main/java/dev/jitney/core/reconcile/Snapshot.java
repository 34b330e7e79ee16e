package dev.jitney.core.reconcile;

import dev.jitney.core.ledger.ClusterLedger;
import dev.jitney.core.ledger.OrgLedger;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one tick looks at. The pods must be listed before the ledgers are read: a pod that is
 * younger than the ledgers would look as if it had no lease.
 *
 * @param counters values by name
 */
public record Snapshot(
        Instant now,
        ClusterLedger cluster,
        List<OrgLedger> organizations,
        List<PodSeen> pods,
        Map<String, Long> counters) {
    public Snapshot {
        organizations = List.copyOf(organizations);
        pods = List.copyOf(pods);
        counters = Collections.unmodifiableMap(new LinkedHashMap<>(counters));
    }
}
