package dev.jitney.core.ledger;

import dev.jitney.core.Organization;
import dev.jitney.core.Policy;
import dev.jitney.core.RunnerClassName;
import java.time.Instant;

/**
 * Steps the counters around each lease and sets them right by the ledgers that were just read.
 *
 * <p>Nothing waits for a counter: its answer is compared with the ledger when it comes. What a
 * counter says changes no outcome (docs/decisions/0006).
 */
final class Gatekeeper {
    private final Gates gates;
    private final Policy policy;

    Gatekeeper(Gates gates, Policy policy) {
        this.gates = gates;
        this.policy = policy;
    }

    /** The three counters that one runner passes. */
    record Passages(Gates.Passage cluster, Gates.Passage runnerClass, Gates.Passage organization) {}

    Passages enter(Organization organization, RunnerClassName runnerClass, Instant now) {
        return new Passages(
                gates.enter(Gates.CLUSTER, policy.capacity()),
                gates.enter(Gates.of(runnerClass), policy.limitOf(runnerClass)),
                gates.enter(Gates.of(organization), policy.limitOf(organization, now)));
    }

    Passages leave(Organization organization, RunnerClassName runnerClass, Instant now) {
        return new Passages(
                gates.leave(Gates.CLUSTER, policy.capacity()),
                gates.leave(Gates.of(runnerClass), policy.limitOf(runnerClass)),
                gates.leave(Gates.of(organization), policy.limitOf(organization, now)));
    }

    /**
     * @param kept false when the step up led to no lease
     */
    void settle(
            Passages passages,
            boolean kept,
            RunnerClassName runnerClass,
            ClusterLedger cluster,
            OrgLedger organization) {
        gates.settle(passages.cluster(), kept, cluster.places().size());
        gates.settle(passages.runnerClass(), kept, cluster.placesOf(runnerClass));
        gates.settle(passages.organization(), kept, organization.leases().size());
    }
}
