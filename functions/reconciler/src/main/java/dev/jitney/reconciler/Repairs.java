package dev.jitney.reconciler;

import dev.jitney.core.Organization;
import dev.jitney.core.event.RunnerEvent;
import dev.jitney.core.ledger.Admission;
import dev.jitney.core.ledger.Decision;
import dev.jitney.core.ledger.Lease;
import dev.jitney.core.ledger.LeaseState;
import dev.jitney.core.ledger.Leasing;
import dev.jitney.core.ledger.Ledgers;
import dev.jitney.core.reconcile.PodSeen;
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

/** Carries out repairs: each repeats the step that an event should have taken. */
final class Repairs {
    private static final Duration LOCK_LIFE = Duration.ofSeconds(40);

    private final Ledgers ledgers;
    private final Locks locks;
    private final InspectableGates gates;
    private final Admission admission;
    private final RunnerRetirement retirement;
    private final InstantSource clock;
    private final Consumer<Decision> decisions;

    Repairs(
            Ledgers ledgers,
            Locks locks,
            InspectableGates gates,
            Admission admission,
            RunnerRetirement retirement,
            InstantSource clock,
            Consumer<Decision> decisions) {
        this.ledgers = ledgers;
        this.locks = locks;
        this.gates = gates;
        this.admission = admission;
        this.retirement = retirement;
        this.clock = clock;
        this.decisions = decisions;
    }

    /** Idempotent; trouble is thrown, and the next tick finds the state still odd. */
    List<? extends RunnerEvent> carryOut(Repair repair) {
        decisions.accept(
                new Decision(
                        Decision.Kind.REPAIRED,
                        repair.subject(),
                        0,
                        repair.runner(),
                        repair.reason()));
        return switch (repair) {
            case Repair.RequestAgain(Organization organization, Lease lease) ->
                    List.of(Admission.requested(organization, lease));
            case Repair.ConfirmPlace(var place) -> admission.confirmAgain(place);
            case Repair.StandAgain(Organization organization) -> admission.standAgain(organization);
            case Repair.TakeBack(Organization organization, Lease lease, String reason) ->
                    exclusively(organization, lease, reason);
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
    private List<RunnerEvent> exclusively(Organization organization, Lease lease, String reason) {
        Optional<Locks.Lock> own = locks.take(Locks.of(lease.runner()), LOCK_LIFE);
        if (own.isEmpty()) {
            return List.of();
        }
        try (var _ = own.get()) {
            return takeBack(organization, lease, reason);
        }
    }

    private List<RunnerEvent> takeBack(Organization organization, Lease lease, String reason) {
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
                                reason))
                : List.of();
    }
}
