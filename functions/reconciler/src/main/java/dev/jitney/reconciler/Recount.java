package dev.jitney.reconciler;

import dev.jitney.core.ledger.Adoption;
import dev.jitney.core.ledger.Decision;
import dev.jitney.core.ledger.Lease;
import dev.jitney.core.ledger.LedgerUnavailable;
import dev.jitney.core.ledger.Ledgers;
import dev.jitney.core.ledger.OrgLedger;
import dev.jitney.core.ledger.Place;
import dev.jitney.core.ledger.Rebuild;
import dev.jitney.core.reconcile.LiveRunner;
import dev.jitney.core.reconcile.Reason;
import dev.jitney.kubernetes.KubernetesFailure;
import dev.jitney.kubernetes.PodState;
import dev.jitney.kubernetes.RunnerPods;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Rebuilds the ledgers from what lives, after the store lost everything (docs/decisions/0015).
 * Until it is done nothing is granted, so no limit can be broken; everything else goes on.
 *
 * <p>May be cut off anywhere and begun again: a runner that is counted is looked up first.
 */
public final class Recount {
    private static final Logger LOG = Logger.getLogger(Recount.class);

    private final Ledgers ledgers;
    private final RunnerPods pods;
    private final Adoptions adoptions;
    private final Workers workers;
    private final Duration fence;
    private final Consumer<Decision> decisions;

    /**
     * @param fence longer than one delivery to the provisioner can take: whoever began to make a
     *     runner for a lease that is lost is done by then, and its pod is there to be counted
     */
    public Recount(
            Ledgers ledgers,
            RunnerPods pods,
            Adoptions adoptions,
            Workers workers,
            Duration fence,
            Consumer<Decision> decisions) {
        this.ledgers = ledgers;
        this.pods = pods;
        this.adoptions = adoptions;
        this.workers = workers;
        this.fence = fence;
        this.decisions = decisions;
    }

    /**
     * Takes the next step, if one is due.
     *
     * @param budget one call for each pod
     * @param over once it says so, nothing more is begun; the next round goes on with those that
     *     have no lease yet
     * @return whether the ledger may be believed, now or before; the repairs that follow serve the
     *     line
     */
    boolean step(Instant now, CallBudget budget, BooleanSupplier over) {
        return switch (ledgers.readCluster().rebuild()) {
            case Rebuild.Done() -> true;
            case Rebuild.Needed() -> {
                ledgers.change(ledger -> Adoption.begun(ledger, now));
                decide(Reason.REBUILD_BEGUN, "", "");
                yield false;
            }
            case Rebuild.Begun(Instant since) ->
                    !since.plus(fence).isAfter(now) && count(now, budget, over);
        };
    }

    private boolean count(Instant now, CallBudget budget, BooleanSupplier over) {
        List<PodState> uncounted = uncounted();
        AtomicInteger counted = new AtomicInteger();
        workers.each(
                uncounted,
                over,
                pod -> {
                    if (budget.take() && isCounted(pod, now)) {
                        counted.incrementAndGet();
                    }
                });
        if (counted.get() < uncounted.size()) {
            return false;
        }
        List<Place> places = placesOfLeases(now);
        ledgers.change(ledger -> Adoption.opened(ledger, places));
        decide(Reason.REBUILD_DONE, "", "");
        return true;
    }

    /** What cannot be written down now is counted by the next round. */
    private boolean isCounted(PodState pod, Instant now) {
        try {
            adoptions.live(pod).ifPresent(runner -> adopt(runner, now));
            return true;
        } catch (LedgerUnavailable | KubernetesFailure e) {
            LOG.infof("not counted yet runner=%s cause=%s", pod.runner(), e.getMessage());
            return false;
        }
    }

    private List<PodState> uncounted() {
        Set<String> leased = new HashSet<>();
        for (OrgLedger ledger : ledgers.readAll()) {
            ledger.leases().keySet().forEach(runner -> leased.add(runner.value()));
        }
        return pods.list().stream().filter(pod -> !leased.contains(pod.runner())).toList();
    }

    /**
     * Of every lease there is, not of the pods that were seen: an earlier round may have been cut
     * off after it wrote a lease, and that pod may be gone by now.
     */
    private List<Place> placesOfLeases(Instant now) {
        List<Place> places = new ArrayList<>();
        for (OrgLedger ledger : ledgers.readAll()) {
            for (Lease lease : ledger.leases().values()) {
                places.add(Place.of(ledger.organization(), lease, now));
            }
        }
        return places;
    }

    private void adopt(LiveRunner runner, Instant now) {
        adoptions.lease(runner, now);
        decide(Reason.COUNTED, runner.organization().login(), runner.runner().value());
    }

    private void decide(Reason reason, String organization, String runner) {
        decisions.accept(
                new Decision(Decision.Kind.REPAIRED, organization, 0, runner, reason.name()));
    }
}
