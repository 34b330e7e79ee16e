package dev.jitney.core.ledger;

import dev.jitney.core.Organization;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The store of the ledgers. Two implementations obey one contract suite: Infinispan over Hot Rod,
 * and memory.
 *
 * <p>An update reads the record, applies a pure transition and replaces the record if nobody else
 * did meanwhile; otherwise it reads and applies again. The transition may therefore run several
 * times, and it may run once more on a record that already holds its own change (the store answered
 * "not replaced" to a replace that took place). That is why every transition looks for its own id
 * first.
 *
 * <p>Updates of one record from one process are applied one after the other, several to a replace.
 *
 * <p>Every method throws {@link LedgerUnavailable} when the store cannot be reached or does not
 * answer in time; the outcome of an update is then unknown, and the broker delivers the event
 * again.
 */
public interface Ledgers {

    /** Applies a transition to one organization's ledger, which is empty if there is none. */
    <R> R update(Organization organization, Function<OrgLedger, Step<OrgLedger, R>> transition);

    /**
     * Takes a turn on the cluster's ledger.
     *
     * @param transition as {@link Turn#take}
     * @return the places granted and the ledger they are in. After a repeated attempt the places of
     *     the earlier attempts that the ledger holds are among them
     */
    TurnTaken update(Function<ClusterLedger, Step<ClusterLedger, List<Place>>> transition);

    /** Changes the cluster's ledger in a way that grants nothing. */
    default ClusterLedger change(UnaryOperator<ClusterLedger> change) {
        return update(ledger -> new Step<>(change.apply(ledger), List.of())).after();
    }

    OrgLedger read(Organization organization);

    ClusterLedger readCluster();

    /** All organizations that have a record, in the order of their logins. */
    List<OrgLedger> readAll();

    /** What a turn granted, and the cluster's ledger after it. */
    record TurnTaken(List<Place> granted, ClusterLedger after) {}
}
