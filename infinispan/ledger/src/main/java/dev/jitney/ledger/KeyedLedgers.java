package dev.jitney.ledger;

import dev.jitney.core.Organization;
import dev.jitney.core.ledger.ClusterLedger;
import dev.jitney.core.ledger.Ledgers.TurnTaken;
import dev.jitney.core.ledger.OrgLedger;
import dev.jitney.core.ledger.Place;
import dev.jitney.core.ledger.Step;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * The ledgers over any two versioned stores; what Infinispan, memory and a simulation have in
 * common. One of it stands for one process: its updates of a record are applied one after the
 * other.
 */
public final class KeyedLedgers {
    /** Key of the cluster's ledger. */
    public static final String CLUSTER = "cluster";

    private static final String ORGANIZATION = "org/";

    private final KeyedWriter<OrgLedger> organizations;
    private final KeyedWriter<ClusterLedger> cluster;

    KeyedLedgers(
            VersionedStore<OrgLedger> organizations,
            VersionedStore<ClusterLedger> cluster,
            Duration patience) {
        this(organizations, cluster, patience, Waiting.REAL);
    }

    /**
     * @param patience how long an update or a read may take in all
     */
    public KeyedLedgers(
            VersionedStore<OrgLedger> organizations,
            VersionedStore<ClusterLedger> cluster,
            Duration patience,
            Waiting waiting) {
        this.organizations =
                new KeyedWriter<>(
                        organizations,
                        key -> OrgLedger.empty(organizationOf(key)),
                        patience,
                        waiting);
        this.cluster = new KeyedWriter<>(cluster, _ -> ClusterLedger.EMPTY, patience, waiting);
    }

    /** Key of an organization's ledger. */
    public static String key(Organization organization) {
        return ORGANIZATION + organization.login();
    }

    static boolean isOrganization(String key) {
        return key.startsWith(ORGANIZATION);
    }

    private static Organization organizationOf(String key) {
        return new Organization(key.substring(ORGANIZATION.length()));
    }

    /** As {@link dev.jitney.core.ledger.Ledgers}. */
    public <R> R update(
            Organization organization, Function<OrgLedger, Step<OrgLedger, R>> transition) {
        return organizations.update(key(organization), transition).result();
    }

    /** As {@link dev.jitney.core.ledger.Ledgers}. */
    public TurnTaken update(Function<ClusterLedger, Step<ClusterLedger, List<Place>>> transition) {
        Request.Applied<ClusterLedger, List<Place>> applied =
                cluster.update(CLUSTER, new CarriedTurn(transition));
        return new TurnTaken(applied.result(), applied.after());
    }

    /** As {@link dev.jitney.core.ledger.Ledgers}. */
    public OrgLedger read(Organization organization) {
        return organizations.read(key(organization));
    }

    /** As {@link dev.jitney.core.ledger.Ledgers}. */
    public ClusterLedger readCluster() {
        return cluster.read(CLUSTER);
    }
}
