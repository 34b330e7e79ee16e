package dev.jitney.ledger;

import dev.jitney.core.Organization;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.ledger.Age;
import dev.jitney.core.ledger.ClusterLedger;
import dev.jitney.core.ledger.Filed;
import dev.jitney.core.ledger.Ledgers;
import dev.jitney.core.ledger.OrgLedger;
import dev.jitney.core.ledger.Place;
import dev.jitney.core.ledger.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The ledgers over any versioned stores; what Infinispan, memory and a simulation have in common.
 * One of it stands for one process: its updates of a record are applied one after the other.
 */
public abstract class KeyedLedgers implements Ledgers {
    /** Key of the cluster's ledger. */
    public static final String CLUSTER = "cluster";

    private static final String ORGANIZATION = "org/";

    private final KeyedWriter<OrgLedger> organizations;
    private final KeyedWriter<ClusterLedger> cluster;
    private final KeyedWriter<Page> pages;

    KeyedLedgers(
            VersionedStore<OrgLedger> organizations,
            VersionedStore<ClusterLedger> cluster,
            VersionedStore<Page> pages,
            Duration patience) {
        this(organizations, cluster, pages, patience, Waiting.REAL);
    }

    /**
     * Ledgers whose callers wait otherwise.
     *
     * @param patience how long an update or a read may take in all
     */
    protected KeyedLedgers(
            VersionedStore<OrgLedger> organizations,
            VersionedStore<ClusterLedger> cluster,
            VersionedStore<Page> pages,
            Duration patience,
            Waiting waiting) {
        this.organizations =
                new KeyedWriter<>(
                        organizations,
                        key -> OrgLedger.empty(organizationOf(key)),
                        patience,
                        waiting);
        this.cluster = new KeyedWriter<>(cluster, _ -> ClusterLedger.LOST, patience, waiting);
        this.pages = new KeyedWriter<>(pages, _ -> Page.EMPTY, patience, waiting);
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

    @Override
    public <R> R update(
            Organization organization, Function<OrgLedger, Step<OrgLedger, R>> transition) {
        return organizations.update(key(organization), transition).result();
    }

    @Override
    public TurnTaken update(Function<ClusterLedger, Step<ClusterLedger, List<Place>>> transition) {
        Request.Applied<ClusterLedger, List<Place>> applied =
                cluster.update(CLUSTER, new CarriedTurn(transition));
        return new TurnTaken(applied.result(), applied.after());
    }

    @Override
    public OrgLedger read(Organization organization) {
        return organizations.read(key(organization));
    }

    @Override
    public ClusterLedger readCluster() {
        return cluster.read(CLUSTER);
    }

    @Override
    public boolean file(RunnerClassName runnerClass, Map<Organization, Age> back, Age from) {
        Map<String, Map<Organization, Age>> byPage = new LinkedHashMap<>();
        back.forEach(
                (organization, age) ->
                        byPage.computeIfAbsent(
                                        Page.key(runnerClass, age.minute(), organization),
                                        _ -> new LinkedHashMap<>())
                                .put(organization, age));
        boolean changed = false;
        for (var page : byPage.entrySet()) {
            changed |=
                    pages.update(page.getKey(), seen -> seen.with(page.getValue(), from)).result();
        }
        return changed;
    }

    @Override
    public List<Filed> filed(RunnerClassName runnerClass, long minute) {
        return Page.keys(runnerClass, minute).stream()
                .flatMap(key -> pages.read(key).filed().stream())
                .sorted()
                .toList();
    }

    @Override
    public void unfile(RunnerClassName runnerClass, Collection<Filed> notes) {
        Map<String, List<Filed>> byPage = new LinkedHashMap<>();
        for (Filed each : notes) {
            String key = Page.key(runnerClass, each.age().minute(), each.organization());
            byPage.computeIfAbsent(key, _ -> new ArrayList<>()).add(each);
        }
        byPage.forEach((key, gone) -> pages.update(key, page -> page.without(gone)));
    }
}
