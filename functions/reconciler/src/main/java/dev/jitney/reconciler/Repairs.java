package dev.jitney.reconciler;

import dev.jitney.core.Held;
import dev.jitney.core.Organization;
import dev.jitney.core.RunnerName;
import dev.jitney.core.event.RunnerEvent;
import dev.jitney.core.ledger.Admission;
import dev.jitney.core.ledger.Adoption;
import dev.jitney.core.ledger.Backoff;
import dev.jitney.core.ledger.Decision;
import dev.jitney.core.ledger.Lease;
import dev.jitney.core.ledger.LeaseState;
import dev.jitney.core.ledger.Leasing;
import dev.jitney.core.ledger.Ledgers;
import dev.jitney.core.ledger.Place;
import dev.jitney.core.reconcile.NodeSeen;
import dev.jitney.core.reconcile.PodSeen;
import dev.jitney.core.reconcile.Reason;
import dev.jitney.core.reconcile.Repair;
import dev.jitney.ledger.InspectableGates;
import dev.jitney.ledger.Locks;
import dev.jitney.runner.Pause;
import dev.jitney.runner.Retirement;
import dev.jitney.runner.RunnerRetirement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Carries out repairs: each repeats the step that an event should have taken. */
public final class Repairs {
    /** Longer than taking back takes; the next attempt waits for no longer when a process died. */
    private static final Duration LOCK_LIFE = Duration.ofSeconds(40);

    /** A place comes free some steps after its lease has gone. */
    private static final Duration ON_ITS_WAY = Duration.ofMillis(500);

    private final Ledgers ledgers;
    private final Locks locks;
    private final InspectableGates gates;
    private final Supplier<Admission> admission;
    private final RunnerRetirement retirement;
    private final Adoptions adoptions;
    private final Pause pause;
    private final InstantSource clock;
    private final Consumer<Decision> decisions;

    /**
     * @param admission by the policy of this moment: a round takes long, and who drains the cluster
     *     meanwhile means all of it
     */
    public Repairs(
            Ledgers ledgers,
            Locks locks,
            InspectableGates gates,
            Supplier<Admission> admission,
            RunnerRetirement retirement,
            Adoptions adoptions,
            Pause pause,
            InstantSource clock,
            Consumer<Decision> decisions) {
        this.ledgers = ledgers;
        this.locks = locks;
        this.gates = gates;
        this.admission = admission;
        this.retirement = retirement;
        this.adoptions = adoptions;
        this.pause = pause;
        this.clock = clock;
        this.decisions = decisions;
    }

    /** Idempotent; trouble is thrown, and the next tick finds the state still odd. */
    public List<? extends RunnerEvent> carryOut(Repair repair) {
        if (!isStillOdd(repair)) {
            return List.of();
        }
        decisions.accept(
                new Decision(
                        Decision.Kind.REPAIRED,
                        repair.subject(),
                        0,
                        repair.runner(),
                        repair.reason().name()));
        return switch (repair) {
            case Repair.RequestAgain(Organization organization, Lease lease) ->
                    List.of(Admission.requested(organization, lease));
            case Repair.ConfirmPlace(var place) -> admission.get().confirmAgain(place);
            case Repair.StandAgain(Organization organization) ->
                    admission.get().standAgain(organization);
            case Repair.ServeLine(Organization organization) ->
                    admission.get().standAgain(organization);
            case Repair.CountLease(Organization organization, Lease lease) -> {
                count(organization, lease);
                yield List.of();
            }
            case Repair.TakeBack(Organization organization, Lease lease, Reason reason) ->
                    exclusively(lease.runner(), () -> takeBackIfStill(organization, lease, reason));
            case Repair.GiveUp(Organization organization, Lease lease, Reason reason) ->
                    exclusively(lease.runner(), () -> giveUp(organization, lease, reason));
            case Repair.RemovePod(PodSeen pod, _, boolean force) ->
                    exclusively(pod.runner(), () -> remove(pod, force));
            case Repair.Adopt(PodSeen pod) -> exclusively(pod.runner(), () -> adopt(pod));
            case Repair.RemoveStray(PodSeen pod) ->
                    exclusively(pod.runner(), () -> removeStray(pod));
            case Repair.CorrectCounter(String name, _, long truth) -> {
                gates.set(name, truth);
                yield List.of();
            }
        };
    }

    /**
     * The two kinds of ledger are not read in one moment: a place that was on its way is not odd.
     */
    private boolean isStillOdd(Repair repair) {
        return switch (repair) {
            case Repair.ConfirmPlace(Place place) -> {
                pause.sleep(ON_ITS_WAY);
                yield hasPlace(place.runner()) && !hasLease(place.organization(), place.runner());
            }
            case Repair.CountLease(Organization organization, Lease lease) ->
                    hasLease(organization, lease.runner()) && !hasPlace(lease.runner());
            case Repair.RequestAgain _,
                    Repair.TakeBack _,
                    Repair.GiveUp _,
                    Repair.Adopt _,
                    Repair.RemoveStray _,
                    Repair.RemovePod _,
                    Repair.StandAgain _,
                    Repair.ServeLine _,
                    Repair.CorrectCounter _ ->
                    true;
        };
    }

    private boolean hasPlace(RunnerName runner) {
        return ledgers.readCluster().places().containsKey(runner);
    }

    private boolean hasLease(Organization organization, RunnerName runner) {
        return ledgers.read(organization).lease(runner).isPresent();
    }

    private void count(Organization organization, Lease lease) {
        Place place = Place.of(organization, lease, clock.instant());
        ledgers.change(ledger -> Adoption.placed(ledger, place));
    }

    private List<RunnerEvent> remove(PodSeen pod, boolean force) {
        boolean mayRun = force && pod.course().node() != NodeSeen.GONE;
        retirement.remove(pod.organization(), pod.runner(), pod.uid(), force, mayRun);
        return List.of();
    }

    private List<RunnerEvent> adopt(PodSeen pod) {
        return adoptions.adopt(pod, clock.instant()) ? List.of() : removeStray(pod);
    }

    /**
     * A pod of that name may be another one by now, and at work. It has a lease then, and nobody
     * gets one made while this lasts.
     */
    private List<RunnerEvent> removeStray(PodSeen pod) {
        if (!hasLease(pod.organization(), pod.runner())) {
            retirement.retire(pod.organization(), pod.runner());
        }
        return List.of();
    }

    /** Nothing while somebody makes the runner or takes it back: the next tick looks again. */
    private List<RunnerEvent> exclusively(RunnerName runner, Supplier<List<RunnerEvent>> work) {
        Optional<Locks.Lock> own = locks.take(Locks.of(runner), LOCK_LIFE);
        if (own.isEmpty()) {
            return List.of();
        }
        try (var _ = own.get()) {
            return work.get();
        }
    }

    private List<RunnerEvent> takeBackIfStill(
            Organization organization, Lease lease, Reason reason) {
        return isStill(organization, lease) ? takeBack(organization, lease, reason) : List.of();
    }

    /** A round may have stood still for long: what it saw need not be so any more. */
    private boolean isStill(Organization organization, Lease lease) {
        return ledgers.read(organization)
                .lease(lease.runner())
                .filter(now -> now.state() == lease.state() && now.since().equals(lease.since()))
                .isPresent();
    }

    private List<RunnerEvent> giveUp(Organization organization, Lease lease, Reason reason) {
        if (!isStill(organization, lease)) {
            return List.of();
        }
        Optional<Lease> retiring =
                ledgers.update(
                        organization,
                        ledger ->
                                Leasing.givenUp(
                                        ledger,
                                        lease.runner(),
                                        blamed(reason),
                                        Backoff.STANDARD,
                                        clock.instant()));
        return retiring.filter(each -> each.state() == LeaseState.RETIRING)
                .map(each -> takeBack(organization, each, reason))
                .orElse(List.of());
    }

    /** A pod whose runner GitHub does not see, or does not want, has done what it can. */
    private static Held blamed(Reason reason) {
        return reason == Reason.NEVER_ONLINE || reason == Reason.IDLE_TOO_LONG
                ? Held.GHES_ERROR
                : Held.KUBERNETES_ERROR;
    }

    private List<RunnerEvent> takeBack(Organization organization, Lease lease, Reason reason) {
        boolean ran = lease.state() == LeaseState.ENDING;
        Retirement outcome =
                ran
                        ? retirement.end(lease.runner())
                        : retirement.retire(organization, lease.runner());
        if (outcome == Retirement.BUSY) {
            ledgers.update(
                    organization, ledger -> Leasing.kept(ledger, lease.runner(), clock.instant()));
        }
        return outcome == Retirement.GONE
                ? List.of(
                        new RunnerEvent.Released(
                                lease.runner().value(),
                                organization.login(),
                                lease.runnerClass().value(),
                                reason.name()))
                : List.of();
    }
}
