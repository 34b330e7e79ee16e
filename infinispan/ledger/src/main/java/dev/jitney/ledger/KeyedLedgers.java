package dev.jitney.ledger;

import dev.jitney.core.Organization;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.ledger.Age;
import dev.jitney.core.ledger.ClusterLedger;
import dev.jitney.core.ledger.Filed;
import dev.jitney.core.ledger.Ledgers.TurnTaken;
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

/** The ledgers over any two versioned stores; what Infinispan and memory have in common. */
final class KeyedLedgers {
    /** Key of the cluster's ledger. */
    static final String CLUSTER = "cluster";

    private static final String ORGANIZATION = "org/";

    private final KeyedWriter<OrgLedger> organizations;
    private final KeyedWriter<ClusterLedger> cluster;
    private final KeyedWriter<Page> pages;

    KeyedLedgers(
            VersionedStore<OrgLedger> organizations,
            VersionedStore<ClusterLedger> cluster,
            VersionedStore<Page> pages,
            Duration patience) {
        this.organizations =
                new KeyedWriter<>(
                        organizations, key -> OrgLedger.empty(organizationOf(key)), patience);
        this.cluster = new KeyedWriter<>(cluster, _ -> ClusterLedger.LOST, patience);
        this.pages = new KeyedWriter<>(pages, _ -> Page.EMPTY, patience);
    }

    static String key(Organization organization) {
        return ORGANIZATION + organization.login();
    }

    static boolean isOrganization(String key) {
        return key.startsWith(ORGANIZATION);
    }

    private static Organization organizationOf(String key) {
        return new Organization(key.substring(ORGANIZATION.length()));
    }

    <R> R update(Organization organization, Function<OrgLedger, Step<OrgLedger, R>> transition) {
        return organizations.update(key(organization), transition).result();
    }

    TurnTaken update(Function<ClusterLedger, Step<ClusterLedger, List<Place>>> transition) {
        Request.Applied<ClusterLedger, List<Place>> applied =
                cluster.update(CLUSTER, new CarriedTurn(transition));
        return new TurnTaken(applied.result(), applied.after());
    }

    OrgLedger read(Organization organization) {
        return organizations.read(key(organization));
    }

    ClusterLedger readCluster() {
        return cluster.read(CLUSTER);
    }

    boolean file(RunnerClassName runnerClass, Map<Organization, Age> back, Age from) {
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

    List<Filed> filed(RunnerClassName runnerClass, long minute) {
        return Page.keys(runnerClass, minute).stream()
                .flatMap(key -> pages.read(key).filed().stream())
                .sorted()
                .toList();
    }

    void unfile(RunnerClassName runnerClass, Collection<Filed> notes) {
        Map<String, List<Filed>> byPage = new LinkedHashMap<>();
        for (Filed each : notes) {
            String key = Page.key(runnerClass, each.age().minute(), each.organization());
            byPage.computeIfAbsent(key, _ -> new ArrayList<>()).add(each);
        }
        byPage.forEach((key, gone) -> pages.update(key, page -> page.without(gone)));
    }
}
