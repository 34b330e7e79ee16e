package dev.jitney.reconciler;

import dev.jitney.core.Held;
import dev.jitney.core.Organization;
import dev.jitney.core.event.RunnerEvent;
import dev.jitney.core.ledger.Admission;
import dev.jitney.core.ledger.Backoff;
import dev.jitney.core.ledger.Decision;
import dev.jitney.core.ledger.Lease;
import dev.jitney.core.ledger.LeaseState;
import dev.jitney.core.ledger.Leasing;
import dev.jitney.core.ledger.Ledgers;
import dev.jitney.core.reconcile.NodeSeen;
import dev.jitney.core.reconcile.PodSeen;
import dev.jitney.core.reconcile.Reason;
import dev.jitney.core.reconcile.Repair;
import dev.jitney.ledger.InspectableGates;
import dev.jitney.ledger.Locks;
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

    private final Ledgers ledgers;
    private final Locks locks;
    private final InspectableGates gates;
    private final Admission admission;
    private final RunnerRetirement retirement;
    private final Adoptions adoptions;
    private final InstantSource clock;
    private final Consumer<Decision> decisions;

    public Repairs(
            Ledgers ledgers,
            Locks locks,
            InspectableGates gates,
            Admission admission,
            RunnerRetirement retirement,
            Adoptions adoptions,
            InstantSource clock,
            Consumer<Decision> decisions) {
        this.ledgers = ledgers;
        this.locks = locks;
        this.gates = gates;
        this.admission = admission;
        this.retirement = retirement;
        this.adoptions = adoptions;
        this.clock = clock;
        this.decisions = decisions;
    }

    /** Idempotent; trouble is thrown, and the next tick finds the state still odd. */
    public List<? extends RunnerEvent> carryOut(Repair repair) {
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
            case Repair.ConfirmPlace(var place) -> admission.confirmAgain(place);
            case Repair.StandAgain(Organization organization) -> admission.standAgain(organization);
            case Repair.ServeLine(Organization organization) -> admission.standAgain(organization);
            case Repair.TakeBack(Organization organization, Lease lease, Reason reason) ->
                    exclusively(lease, () -> takeBackIfStill(organization, lease, reason));
            case Repair.GiveUp(Organization organization, Lease lease, Reason reason) ->
                    exclusively(lease, () -> giveUp(organization, lease, reason));
            case Repair.RemovePod(PodSeen pod, _, boolean force) -> {
                boolean mayRun = force && pod.course().node() != NodeSeen.GONE;
                retirement.remove(pod.organization(), pod.runner(), force, mayRun);
                yield List.of();
            }
            case Repair.Adopt(PodSeen pod) -> {
                if (!adoptions.adopt(pod, clock.instant())) {
                    retirement.retire(pod.organization(), pod.runner());
                }
                yield List.of();
            }
            case Repair.RemoveStray(PodSeen pod) -> {
                retirement.retire(pod.organization(), pod.runner());
                yield List.of();
            }
            case Repair.CorrectCounter(String name, _, long truth) -> {
                gates.set(name, truth);
                yield List.of();
            }
        };
    }

    /** Nothing while somebody makes the runner or takes it back: the next tick looks again. */
    private List<RunnerEvent> exclusively(Lease lease, Supplier<List<RunnerEvent>> work) {
        Optional<Locks.Lock> own = locks.take(Locks.of(lease.runner()), LOCK_LIFE);
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
                .filter(now -> now.state() == lease.state())
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
                                        Held.KUBERNETES_ERROR,
                                        Backoff.STANDARD,
                                        clock.instant()));
        return retiring.filter(each -> each.state() == LeaseState.RETIRING)
                .map(each -> takeBack(organization, each, reason))
                .orElse(List.of());
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
                                lease.job().runnerClass().value(),
                                reason.name()))
                : List.of();
    }
}
