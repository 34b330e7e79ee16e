package dev.jitney.provisioner;

import dev.jitney.cloudevents.TryAgain;
import dev.jitney.core.Organization;
import dev.jitney.core.Policy;
import dev.jitney.core.RunnerClass;
import dev.jitney.core.RunnerName;
import dev.jitney.core.event.RunnerEvent;
import dev.jitney.core.event.RunnerEvent.Requested;
import dev.jitney.core.ledger.Backoff;
import dev.jitney.core.ledger.Decision;
import dev.jitney.core.ledger.Decision.Kind;
import dev.jitney.core.ledger.Lease;
import dev.jitney.core.ledger.LeaseState;
import dev.jitney.core.ledger.Leasing;
import dev.jitney.core.ledger.Ledgers;
import dev.jitney.runner.Making;
import dev.jitney.runner.Retirement;
import dev.jitney.runner.RunnerMaker;
import dev.jitney.runner.RunnerRetirement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes the runner that a lease stands for. The lease is read first and written last: without one
 * nothing is made, and a runner whose lease was withdrawn meanwhile is taken back.
 */
final class Provisioning {
    private final Ledgers ledgers;
    private final RunnerMaker maker;
    private final RunnerRetirement retirement;
    private final Policy policy;
    private final InstantSource clock;
    private final Consumer<Decision> decisions;

    Provisioning(
            Ledgers ledgers,
            RunnerMaker maker,
            RunnerRetirement retirement,
            Policy policy,
            InstantSource clock,
            Consumer<Decision> decisions) {
        this.ledgers = ledgers;
        this.maker = maker;
        this.retirement = retirement;
        this.policy = policy;
        this.clock = clock;
        this.decisions = decisions;
    }

    /**
     * Makes the runner. Idempotent; trouble that may pass is thrown, and the broker delivers again.
     * Whoever calls holds the runner's lock.
     *
     * @param end nothing more is made after it
     * @return what to tell; empty when there is nothing to do any more
     */
    Optional<RunnerEvent> requested(Requested event, Instant end) {
        Optional<Lease> lease = ledgers.read(event.org()).lease(event.runnerName());
        if (lease.isEmpty() || lease.get().state() != LeaseState.REQUESTED) {
            String reason = lease.map(each -> each.state().name()).orElse("NO_LEASE");
            decide(Kind.IGNORED, event, reason);
            return Optional.empty();
        }
        return switch (maker.make(
                event.org(), lease.get(), runnerClass(lease.get()), () -> checkTime(event, end))) {
            case Making.Made() -> started(event);
            case Making.Refused refused -> Optional.of(refused(event, refused));
        };
    }

    private void checkTime(Requested event, Instant end) {
        if (clock.instant().isAfter(end)) {
            throw new TryAgain("out of time for runner " + event.runner());
        }
    }

    private RunnerClass runnerClass(Lease lease) {
        return policy.classNamed(lease.runnerClass())
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "runner class "
                                                + lease.runnerClass()
                                                + " is not configured here; see JITNEY_CLASSES"));
    }

    private Optional<RunnerEvent> started(Requested event) {
        Organization organization = event.org();
        RunnerName runner = event.runnerName();
        Optional<Lease> lease =
                ledgers.update(
                        organization, ledger -> Leasing.started(ledger, runner, clock.instant()));
        boolean wanted = lease.isPresent() && lease.get().state() != LeaseState.RETIRING;
        if (!wanted) {
            return withdrawn(event);
        }
        decide(Kind.STARTED, event, "");
        return Optional.of(
                new RunnerEvent.Started(
                        event.runner(), event.organization(), event.runnerClass(), event.jobId()));
    }

    /** The lease went or retires: nobody waits for this runner. */
    private Optional<RunnerEvent> withdrawn(Requested event) {
        Retirement outcome = retirement.retire(event.org(), event.runnerName());
        decide(Kind.RETIRED, event, outcome.name());
        return outcome == Retirement.GONE
                ? Optional.of(
                        new RunnerEvent.Released(
                                event.runner(),
                                event.organization(),
                                event.runnerClass(),
                                "WITHDRAWN"))
                : Optional.empty(); // The reconciler looks again.
    }

    private RunnerEvent refused(Requested event, Making.Refused refused) {
        // At once, not by the event: another delivery of the request would make the runner again.
        ledgers.update(
                event.org(),
                ledger ->
                        Leasing.givenUp(
                                ledger,
                                event.runnerName(),
                                refused.reason(),
                                Backoff.STANDARD,
                                clock.instant()));
        decide(Kind.REFUSED, event, refused.reason().name());
        return new RunnerEvent.Refused(
                event.runner(),
                event.organization(),
                event.runnerClass(),
                event.jobId(),
                refused.reason().name(),
                refused.message());
    }

    private void decide(Kind kind, Requested event, String reason) {
        decisions.accept(
                new Decision(kind, event.organization(), event.jobId(), event.runner(), reason));
    }
}
