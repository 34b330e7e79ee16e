package dev.jitney.core.ledger;

import dev.jitney.core.Held;
import dev.jitney.core.JobId;
import dev.jitney.core.Organization;
import dev.jitney.core.Policy;
import dev.jitney.core.RunnerName;
import dev.jitney.core.event.RunnerEvent;
import dev.jitney.core.event.RunnerEvent.Requested;
import dev.jitney.core.ledger.Decision.Kind;
import dev.jitney.core.ledger.Gatekeeper.Passages;
import dev.jitney.core.ledger.Ledgers.TurnTaken;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries a decision through both kinds of ledger.
 *
 * <p>There is no transaction between them, so every method is a chain of idempotent steps that a
 * repeated event takes up again wherever it was cut off:
 *
 * <ol>
 *   <li>the organization's ledger takes the event in;
 *   <li>the cluster's ledger gives a place back, lets the organization stand in line, and reserves
 *       places for the oldest jobs that fit;
 *   <li>the ledger of each organization that was served writes the lease;
 *   <li>the caller sends the events that are returned.
 * </ol>
 *
 * <p>Every method throws {@link LedgerUnavailable} when the store does not answer; the broker then
 * delivers the event again.
 */
public final class Admission {
    private final Ledgers ledgers;
    private final Gatekeeper gatekeeper;
    private final Serving serving;
    private final WhyHeld held;
    private final Backoff backoff;
    private final InstantSource clock;
    private final DecisionLog log;

    public Admission(
            Ledgers ledgers,
            Gates gates,
            Policy policy,
            Backoff backoff,
            InstantSource clock,
            Consumer<Decision> decisions) {
        this(ledgers, gates, policy, LineBounds.STANDARD, backoff, clock, decisions);
    }

    /** The same with another length of the line's front. */
    public Admission(
            Ledgers ledgers,
            Gates gates,
            Policy policy,
            LineBounds bounds,
            Backoff backoff,
            InstantSource clock,
            Consumer<Decision> decisions) {
        this.ledgers = ledgers;
        this.gatekeeper = new Gatekeeper(gates, policy);
        this.held = new WhyHeld(policy);
        this.backoff = backoff;
        this.clock = clock;
        this.log = new DecisionLog(decisions);
        this.serving = new Serving(ledgers, gatekeeper, policy, bounds, clock, log);
    }

    /** A job wants a runner. */
    public List<Requested> queued(Organization organization, WaitingJob job) {
        Instant now = clock.instant();
        Seen<JobQueued> seen =
                Seen.of(ledgers, organization, ledger -> JobQueued.queued(ledger, job, now));
        return switch (seen.outcome()) {
            case JobQueued.Finished() -> {
                log.decide(Kind.IGNORED, organization, job.id(), "", "FINISHED");
                yield List.of();
            }
            case JobQueued.Leased(Lease lease) -> {
                log.decide(Kind.IGNORED, organization, job.id(), lease.runner().value(), "LEASED");
                yield requestedAgain(organization, lease);
            }
            case JobQueued.Waiting _ -> stand(organization, job.id(), seen.ledger(), now);
        };
    }

    /** A job went behind a deployment gate. */
    public List<Requested> gated(Organization organization, JobId job) {
        Instant now = clock.instant();
        Seen<Boolean> seen =
                Seen.of(ledgers, organization, ledger -> JobQueued.gated(ledger, job, now));
        log.decide(seen.outcome() ? Kind.WITHDRAWN : Kind.IGNORED, organization, job, "", "GATED");
        return List.of();
    }

    /** A runner that cannot be ours, by its name, took a job: the job leaves the backlog. */
    public List<Requested> boundElsewhere(Organization organization, JobId job) {
        Instant now = clock.instant();
        Seen.of(ledgers, organization, ledger -> Binding.foreign(ledger, job, now));
        log.decide(Kind.WITHDRAWN, organization, job, "", "FOREIGN_RUNNER");
        return List.of();
    }

    /** A runner took a job. */
    public List<Requested> bound(Organization organization, WaitingJob job, RunnerName runner) {
        Instant now = clock.instant();
        Seen<Binding> seen =
                Seen.of(ledgers, organization, ledger -> Binding.bound(ledger, job, runner, now));
        JobId id = job.id();
        switch (seen.outcome()) {
            case Binding.Serving _ -> log.decide(Kind.BOUND, organization, id, runner.value(), "");
            case Binding.Swapped _ ->
                    log.decide(Kind.BOUND, organization, id, runner.value(), "SWAP");
            case Binding.Foreign _ ->
                    log.decide(Kind.WITHDRAWN, organization, id, runner.value(), "FOREIGN_RUNNER");
            case Binding.Stale() ->
                    log.decide(Kind.IGNORED, organization, id, runner.value(), "STALE");
            case Binding.Displaced(_, WaitingJob requeued) -> {
                log.decide(Kind.BOUND, organization, id, runner.value(), "SWAP");
                log.decide(Kind.DISPLACED, organization, requeued.id(), "", "");
                return serving.serve(serving.turn(Optional.empty(), seen.ledger(), now));
            }
        }
        return List.of();
    }

    /**
     * A place came free.
     *
     * @param told when that was said; long before the lease stood, it is about an earlier one
     */
    public List<Requested> released(
            Organization organization, RunnerName runner, String reason, Instant told) {
        Instant now = clock.instant();
        Seen<Optional<Lease>> seen =
                Seen.of(
                        ledgers,
                        organization,
                        ledger -> Leasing.released(ledger, runner, told, now));
        if (isStale(seen, runner)) {
            log.decide(Kind.IGNORED, organization, null, runner.value(), "STALE");
            return List.of();
        }
        log.decide(Kind.RELEASED, organization, jobOf(seen.outcome()), runner.value(), reason);
        return giveBack(runner, seen, now);
    }

    /**
     * A runner could not be made, and nothing of it is left.
     *
     * @param told when that was said; long before the lease stood, it is about an earlier one
     */
    public List<Requested> refused(
            Organization organization, RunnerName runner, Held reason, Instant told) {
        Instant now = clock.instant();
        Seen<Optional<Lease>> seen =
                Seen.of(
                        ledgers,
                        organization,
                        ledger -> Leasing.refused(ledger, runner, reason, backoff, told, now));
        if (isStale(seen, runner)) {
            log.decide(Kind.IGNORED, organization, null, runner.value(), "STALE");
            return List.of();
        }
        log.decide(
                Kind.REQUEUED, organization, jobOf(seen.outcome()), runner.value(), reason.name());
        return giveBack(runner, seen, now);
    }

    private static boolean isStale(Seen<Optional<Lease>> seen, RunnerName runner) {
        return seen.outcome().isEmpty() && seen.ledger().lease(runner).isPresent();
    }

    /** Lets an organization stand in line again, for example after its backoff is over. */
    public List<Requested> standAgain(Organization organization) {
        return serving.serve(
                serving.turn(Optional.empty(), ledgers.read(organization), clock.instant()));
    }

    /** Repeats the step after a place was reserved, in case it was cut off. */
    public List<Requested> confirmAgain(Place place) {
        return serving.confirm(place);
    }

    private List<Requested> stand(
            Organization organization, JobId job, OrgLedger ledger, Instant now) {
        Turn turn = serving.turn(Optional.empty(), ledger, now);
        Optional<LineEntry> own =
                turn.standing().entries().stream()
                        .filter(entry -> entry.job().equals(job))
                        .findFirst();
        if (own.isEmpty()) {
            log.decide(Kind.HELD, organization, job, "", held.inOrganization(ledger, now).name());
            // An older job may have become due meanwhile: it is its turn, not this one's.
            return turn.standing().entries().isEmpty() ? List.of() : serving.serve(turn);
        }
        Passages passages = gatekeeper.enter(organization, own.get().runnerClass(), now);
        return serving.serve(
                turn.onBehalfOf(own.get().runner()),
                Optional.of(new Serving.Applicant(own.get(), passages, ledger)));
    }

    private List<Requested> giveBack(RunnerName runner, Seen<Optional<Lease>> seen, Instant now) {
        Optional<Passages> passages =
                seen.outcome()
                        .map(
                                lease ->
                                        gatekeeper.leave(
                                                seen.ledger().organization(),
                                                lease.runnerClass(),
                                                now));
        List<Requested> requested = new ArrayList<>();
        TurnTaken taken =
                serving.take(
                        serving.turn(Optional.of(runner), seen.ledger(), now),
                        Optional.empty(),
                        requested);
        passages.ifPresent(
                left ->
                        gatekeeper.settle(
                                left,
                                true,
                                seen.outcome().orElseThrow().runnerClass(),
                                taken.after(),
                                seen.ledger()));
        return requested;
    }

    static List<Requested> requestedAgain(Organization organization, Lease lease) {
        return lease.state() == LeaseState.REQUESTED
                ? List.of(requested(organization, lease))
                : List.of();
    }

    /** The event that asks for a lease's runner; the same each time. */
    public static RunnerEvent.Requested requested(Organization organization, Lease lease) {
        return new RunnerEvent.Requested(
                lease.runner().value(),
                organization.login(),
                lease.runnerClass().value(),
                lease.job().id().value(),
                lease.job().repository());
    }

    private static @Nullable JobId jobOf(Optional<Lease> lease) {
        return lease.map(each -> each.job().id()).orElse(null);
    }
}
