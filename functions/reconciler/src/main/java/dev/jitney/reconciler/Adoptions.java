package dev.jitney.reconciler;

import dev.jitney.core.ledger.Adoption;
import dev.jitney.core.ledger.Ledgers;
import dev.jitney.core.ledger.Place;
import dev.jitney.core.reconcile.LiveRunner;
import dev.jitney.core.reconcile.PodSeen;
import dev.jitney.kubernetes.PodState;
import dev.jitney.kubernetes.RunnerPods;
import java.time.Instant;
import java.util.Optional;

/** Takes runners in that live without a record. Each step may be repeated. */
public final class Adoptions {
    private final Ledgers ledgers;
    private final RunnerPods pods;
    private final LiveRunners live;

    public Adoptions(Ledgers ledgers, RunnerPods pods, LiveRunners live) {
        this.ledgers = ledgers;
        this.pods = pods;
        this.live = live;
    }

    /** What is known of a pod's runner, see {@link LiveRunners#of}. */
    Optional<LiveRunner> live(PodState pod) {
        return live.of(pod);
    }

    /** Writes the lease; the place that belongs to it is not in the cluster's ledger yet. */
    Place lease(LiveRunner runner, Instant now) {
        ledgers.update(
                runner.organization(), ledger -> Adoption.adopted(ledger, runner.lease(now), now));
        return runner.place(now);
    }

    /**
     * Writes lease and place of a pod that lives without them.
     *
     * @return false when the pod has ended meanwhile, or its labels do not say whose it is
     */
    boolean adopt(PodSeen seen, Instant now) {
        Optional<Place> place =
                pods.find(seen.runner().value())
                        .flatMap(live::of)
                        .map(runner -> lease(runner, now));
        place.ifPresent(each -> ledgers.change(ledger -> Adoption.placed(ledger, each)));
        return place.isPresent();
    }
}
