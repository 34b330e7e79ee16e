package dev.jitney.ledger;

import dev.jitney.core.ledger.ClusterLedger;
import dev.jitney.core.ledger.Place;
import dev.jitney.core.ledger.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A turn on the cluster's ledger that remembers, over repeated attempts, what it granted: an
 * attempt that seemed to fail may have been stored, and its places would be granted to nobody's
 * knowledge.
 */
final class CarriedTurn implements Function<ClusterLedger, Step<ClusterLedger, List<Place>>> {
    private final Function<ClusterLedger, Step<ClusterLedger, List<Place>>> turn;
    private final Set<Place> earlier = new LinkedHashSet<>();

    CarriedTurn(Function<ClusterLedger, Step<ClusterLedger, List<Place>>> turn) {
        this.turn = turn;
    }

    @Override
    public Step<ClusterLedger, List<Place>> apply(ClusterLedger ledger) {
        Step<ClusterLedger, List<Place>> step = turn.apply(ledger);
        // Equal in every part, its time included: the same place granted by someone else is theirs.
        Set<Place> granted = new LinkedHashSet<>(earlier);
        granted.removeIf(place -> !place.equals(ledger.places().get(place.runner())));
        granted.addAll(step.result());
        earlier.addAll(step.result());
        return new Step<>(step.next(), new ArrayList<>(granted));
    }
}
