package dev.jitney.core.ledger;

import dev.jitney.core.Held;
import dev.jitney.core.Policy;
import java.time.Instant;

/** Why a job has to wait, for people: what is said first is what would have to change first. */
record WhyHeld(Policy policy) {
    Held inOrganization(OrgLedger ledger, Instant now) {
        Held held = policy.heldBy(ledger.organization());
        if (held != Held.NONE) {
            return held;
        }
        int limit = policy.limitOf(ledger.organization(), now);
        return ledger.room(limit) == 0 ? Held.ORG_LIMIT : Held.NONE;
    }

    Held inCluster(LineEntry entry, ClusterLedger cluster) {
        if (!cluster.isOpen()) {
            return Held.REBUILDING;
        }
        if (policy.heldByMaintenance() != Held.NONE) {
            return policy.heldByMaintenance();
        }
        if (cluster.places().size() >= policy.openCapacity()) {
            return Held.CLUSTER_FULL;
        }
        if (policy.heldBy(entry.runnerClass()) != Held.NONE) {
            return policy.heldBy(entry.runnerClass());
        }
        boolean classFull =
                cluster.placesOf(entry.runnerClass()) >= policy.limitOf(entry.runnerClass());
        return classFull ? Held.CLASS_LIMIT : Held.NONE;
    }
}
