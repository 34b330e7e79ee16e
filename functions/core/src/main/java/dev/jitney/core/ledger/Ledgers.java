package dev.jitney.core.ledger;

import dev.jitney.core.Organization;
import dev.jitney.core.RunnerClassName;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /** The ledgers of some organizations, in their order; an empty one for who has none. */
    default List<OrgLedger> read(Collection<Organization> organizations) {
        return organizations.stream().map(this::read).toList();
    }

    /**
     * Notes who stands further back in line and since when, see {@link Overflow}. Idempotent; notes
     * are kept for two days, longer than GitHub lets a job wait.
     *
     * @param from where the line is cut: a note of an older age is left over and gives way. Of two
     *     others the older one stays
     * @return whether anything was not noted yet
     */
    boolean file(RunnerClassName runnerClass, Map<Organization, Age> back, Age from);

    /** Who was noted in a minute, oldest first. */
    List<Filed> filed(RunnerClassName runnerClass, long minute);

    /** Everybody who is noted to stand further back, of all classes. */
    default Set<Organization> furtherBack(ClusterLedger cluster) {
        Set<Organization> noted = new LinkedHashSet<>();
        cluster.overflow()
                .forEach(
                        (runnerClass, further) -> {
                            noted.addAll(further.unfiled().keySet());
                            further.minutes().stream()
                                    .flatMap(minute -> filed(runnerClass, minute).stream())
                                    .filter(note -> !note.age().isOlderThan(further.from()))
                                    .map(Filed::organization)
                                    .forEach(noted::add);
                        });
        return noted;
    }

    /** Takes notes away. Idempotent; one that says another age by now stays. */
    void unfile(RunnerClassName runnerClass, Collection<Filed> notes);

    /** All organizations that have a record, in the order of their logins. */
    List<OrgLedger> readAll();

    /** What a turn granted, and the cluster's ledger after it. */
    record TurnTaken(List<Place> granted, ClusterLedger after) {}
}
