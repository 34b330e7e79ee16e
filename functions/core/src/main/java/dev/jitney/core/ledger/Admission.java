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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
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
    /** More turns than this for one event means that something is wrong; the reconciler goes on. */
    private static final int TURNS_MAX = 100;

    /** The same for those who stand further back; the next event, or the reconciler, goes on. */
    private static final int RECALLS_MAX = 20;

    private final Ledgers ledgers;
    private final Gatekeeper gatekeeper;
    private final Policy policy;
    private final LineBounds bounds;
    private final FurtherBack furtherBack;
    private final Backoff backoff;
    private final InstantSource clock;
    private final Consumer<Decision> decisions;

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
        this.bounds = bounds;
        this.furtherBack = new FurtherBack(ledgers, policy, bounds);
        this.gatekeeper = new Gatekeeper(gates, policy);
        this.policy = policy;
        this.backoff = backoff;
        this.clock = clock;
        this.decisions = decisions;
    }

    /** A job wants a runner. */
    public List<Requested> queued(Organization organization, WaitingJob job) {
        Instant now = clock.instant();
        Seen<JobQueued> seen = see(organization, ledger -> JobQueued.queued(ledger, job, now));
        return switch (seen.outcome()) {
            case JobQueued.Finished() -> {
                decide(Kind.IGNORED, organization, job.id(), "", "FINISHED");
                yield List.of();
            }
            case JobQueued.Leased(Lease lease) -> {
                decide(Kind.IGNORED, organization, job.id(), lease.runner().value(), "LEASED");
                yield requestedAgain(organization, lease);
            }
            case JobQueued.Waiting _ -> stand(organization, job.id(), seen.ledger(), now);
        };
    }

    /** A job went behind a deployment gate. */
    public List<Requested> gated(Organization organization, JobId job) {
        Instant now = clock.instant();
        Seen<Boolean> seen = see(organization, ledger -> JobQueued.gated(ledger, job, now));
        decide(seen.outcome() ? Kind.WITHDRAWN : Kind.IGNORED, organization, job, "", "GATED");
        return List.of();
    }

    /** A runner that cannot be ours, by its name, took a job: the job leaves the backlog. */
    public List<Requested> boundElsewhere(Organization organization, JobId job) {
        Instant now = clock.instant();
        see(organization, ledger -> Binding.foreign(ledger, job, now));
        decide(Kind.WITHDRAWN, organization, job, "", "FOREIGN_RUNNER");
        return List.of();
    }

    /** A runner took a job. */
    public List<Requested> bound(Organization organization, WaitingJob job, RunnerName runner) {
        Instant now = clock.instant();
        Seen<Binding> seen = see(organization, ledger -> Binding.bound(ledger, job, runner, now));
        JobId id = job.id();
        switch (seen.outcome()) {
            case Binding.Serving _ -> decide(Kind.BOUND, organization, id, runner.value(), "");
            case Binding.Swapped _ -> decide(Kind.BOUND, organization, id, runner.value(), "SWAP");
            case Binding.Foreign _ ->
                    decide(Kind.WITHDRAWN, organization, id, runner.value(), "FOREIGN_RUNNER");
            case Binding.Stale() -> decide(Kind.IGNORED, organization, id, runner.value(), "STALE");
            case Binding.Displaced(_, WaitingJob requeued) -> {
                decide(Kind.BOUND, organization, id, runner.value(), "SWAP");
                decide(Kind.DISPLACED, organization, requeued.id(), "", "");
                return serve(turn(Optional.empty(), seen.ledger(), now));
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
                see(organization, ledger -> Leasing.released(ledger, runner, told, now));
        if (isStale(seen, runner)) {
            decide(Kind.IGNORED, organization, null, runner.value(), "STALE");
            return List.of();
        }
        decide(Kind.RELEASED, organization, jobOf(seen.outcome()), runner.value(), reason);
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
                see(
                        organization,
                        ledger -> Leasing.refused(ledger, runner, reason, backoff, told, now));
        if (isStale(seen, runner)) {
            decide(Kind.IGNORED, organization, null, runner.value(), "STALE");
            return List.of();
        }
        decide(Kind.REQUEUED, organization, jobOf(seen.outcome()), runner.value(), reason.name());
        return giveBack(runner, seen, now);
    }

    private static boolean isStale(Seen<Optional<Lease>> seen, RunnerName runner) {
        return seen.outcome().isEmpty() && seen.ledger().lease(runner).isPresent();
    }

    /** Lets an organization stand in line again, for example after its backoff is over. */
    public List<Requested> standAgain(Organization organization) {
        return serve(turn(Optional.empty(), ledgers.read(organization), clock.instant()));
    }

    /** Repeats the step after a place was reserved, in case it was cut off. */
    public List<Requested> confirmAgain(Place place) {
        List<Requested> requested = new ArrayList<>();
        Deque<Turn> turns = new ArrayDeque<>();
        var _ = confirm(place, ledgers.readCluster(), Optional.empty(), requested, turns);
        turns.forEach(turn -> requested.addAll(serve(turn)));
        return requested;
    }

    private List<Requested> stand(
            Organization organization, JobId job, OrgLedger ledger, Instant now) {
        Turn turn = turn(Optional.empty(), ledger, now);
        Optional<LineEntry> own =
                turn.standing().entries().stream()
                        .filter(entry -> entry.job().equals(job))
                        .findFirst();
        if (own.isEmpty()) {
            decide(Kind.HELD, organization, job, "", heldInOrganization(ledger, now).name());
            // An older job may have become due meanwhile: it is its turn, not this one's.
            return turn.standing().entries().isEmpty() ? List.of() : serve(turn);
        }
        Passages passages = gatekeeper.enter(organization, own.get().runnerClass(), now);
        return serve(
                turn.onBehalfOf(own.get().runner()),
                Optional.of(new Applicant(own.get(), passages, ledger)));
    }

    private Held heldInOrganization(OrgLedger ledger, Instant now) {
        Held held = policy.heldBy(ledger.organization());
        if (held != Held.NONE) {
            return held;
        }
        int limit = policy.limitOf(ledger.organization(), now);
        return ledger.room(limit) == 0 ? Held.ORG_LIMIT : Held.NONE;
    }

    private Held heldInCluster(LineEntry entry, ClusterLedger cluster) {
        if (!cluster.isOpen()) {
            return Held.REBUILDING;
        }
        if (policy.heldByMaintenance() != Held.NONE) {
            return policy.heldByMaintenance();
        }
        if (cluster.places().size() >= policy.openCapacity()) {
            return Held.CLUSTER_FULL;
        }
        if (policy.heldBy(entry.runnerClass()) != Held.NONE) {
            return policy.heldBy(entry.runnerClass());
        }
        boolean classFull =
                cluster.placesOf(entry.runnerClass()) >= policy.limitOf(entry.runnerClass());
        return classFull ? Held.CLASS_LIMIT : Held.NONE;
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
                take(turn(Optional.of(runner), seen.ledger(), now), Optional.empty(), requested);
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

    private Turn turn(Optional<RunnerName> release, OrgLedger ledger, Instant now) {
        List<LineEntry> entries = ledger.line(policy.limitOf(ledger.organization(), now), now);
        return Turn.of(release, ledger.organization(), new Standing(ledger.revision(), entries));
    }

    private List<Requested> serve(Turn turn) {
        return serve(turn, Optional.empty());
    }

    private List<Requested> serve(Turn first, Optional<Applicant> applicant) {
        List<Requested> requested = new ArrayList<>();
        take(first, applicant, requested);
        return requested;
    }

    private TurnTaken take(Turn first, Optional<Applicant> applicant, List<Requested> requested) {
        Deque<Turn> turns = new ArrayDeque<>(List.of(first));
        TurnTaken taken = takeOne(turns, applicant, requested);
        for (int i = 1; i < TURNS_MAX && !turns.isEmpty(); i++) {
            taken = takeOne(turns, Optional.empty(), requested);
        }
        return taken;
    }

    private TurnTaken takeOne(
            Deque<Turn> turns, Optional<Applicant> applicant, List<Requested> requested) {
        Turn turn = turns.removeFirst();
        Instant now = clock.instant();
        TurnTaken taken = ledgers.update(ledger -> turn.take(ledger, policy, bounds, now));
        Optional<Applicant> held = confirmAll(taken, applicant, requested, turns);
        held.ifPresent(each -> heldAtTheGate(each, turn.organization(), taken.after()));
        if (taken.granted().size() >= Turn.GRANTS_MAX) {
            turns.addLast(Turn.of(Optional.empty(), turn.organization(), turn.standing()));
        }
        furtherBack(turn, taken.after(), requested, turns);
        return taken;
    }

    /** Keeps those who stand further back in step with the line. */
    private void furtherBack(
            Turn turn, ClusterLedger after, List<Requested> requested, Deque<Turn> turns) {
        if (after.overflow().isEmpty()) {
            return;
        }
        ClusterLedger filed = furtherBack.fileMoved(after);
        if (furtherBack.file(turn.organization(), turn.standing(), after)) {
            OrgLedger own = ledgers.read(turn.organization());
            turns.addLast(turn(Optional.empty(), own, clock.instant()));
        }
        callToTheFront(filed, requested, turns);
    }

    /** Until the front is long enough or all have been called: what is called may be served. */
    private void callToTheFront(ClusterLedger first, List<Requested> requested, Deque<Turn> turns) {
        ClusterLedger after = first;
        for (int i = 0; i < RECALLS_MAX; i++) {
            Instant now = clock.instant();
            Optional<TurnTaken> called = furtherBack.recall(after, now);
            if (called.isEmpty()) {
                return;
            }
            confirmAll(called.get(), Optional.empty(), requested, turns);
            after = furtherBack.fileMoved(called.get().after());
        }
    }

    /** Writes the leases of what was granted; answers with the applicant if it got nothing. */
    private Optional<Applicant> confirmAll(
            TurnTaken taken,
            Optional<Applicant> applicant,
            List<Requested> requested,
            Deque<Turn> turns) {
        Optional<Applicant> waiting = applicant;
        ClusterLedger cluster = taken.after();
        for (Place place : taken.granted()) {
            Optional<Applicant> own =
                    waiting.filter(each -> each.entry().runner().equals(place.runner()));
            cluster = confirm(place, cluster, own.map(Applicant::passages), requested, turns);
            if (own.isPresent()) {
                waiting = Optional.empty();
            }
        }
        return waiting;
    }

    private void heldAtTheGate(
            Applicant applicant, Organization organization, ClusterLedger cluster) {
        LineEntry entry = applicant.entry();
        decide(Kind.HELD, organization, entry.job(), "", heldInCluster(entry, cluster).name());
        gatekeeper.settle(
                applicant.passages(), false, entry.runnerClass(), cluster, applicant.ledger());
    }

    /**
     * Writes the lease for a reserved place, or has the place given back in a further turn.
     *
     * @return the cluster's ledger as it will be then
     */
    private ClusterLedger confirm(
            Place place,
            ClusterLedger cluster,
            Optional<Passages> entered,
            List<Requested> requested,
            Deque<Turn> turns) {
        Instant now = clock.instant();
        Organization organization = place.organization();
        Passages passages =
                entered.orElseGet(() -> gatekeeper.enter(organization, place.runnerClass(), now));
        int limit = policy.limitOf(organization, now);
        Seen<Leasing> seen =
                see(organization, ledger -> Leasing.granted(ledger, place, limit, now));
        switch (seen.outcome()) {
            case Leasing.Leased(Lease lease) -> {
                decide(Kind.GRANTED, organization, lease.job().id(), lease.runner().value(), "");
                requested.addAll(requestedAgain(organization, lease));
            }
            case Leasing.Unneeded() -> {
                decide(Kind.RETURNED, organization, place.job(), place.runner().value(), "");
                turns.addLast(turn(Optional.of(place.runner()), seen.ledger(), now));
            }
            case Leasing.AtLimit() -> {
                decide(
                        Kind.RETURNED,
                        organization,
                        place.job(),
                        place.runner().value(),
                        heldInOrganization(seen.ledger(), now).name());
                turns.addLast(turn(Optional.of(place.runner()), seen.ledger(), now));
            }
        }
        boolean kept = seen.outcome() instanceof Leasing.Leased;
        ClusterLedger truth = kept ? cluster : cluster.without(place.runner());
        gatekeeper.settle(passages, kept, place.runnerClass(), truth, seen.ledger());
        return truth;
    }

    private static List<Requested> requestedAgain(Organization organization, Lease lease) {
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

    private void decide(
            Kind kind,
            Organization organization,
            @Nullable JobId job,
            String runner,
            String reason) {
        long id = job == null ? 0 : job.value();
        decisions.accept(new Decision(kind, organization.login(), id, runner, reason));
    }

    private <R> Seen<R> see(
            Organization organization, Function<OrgLedger, Step<OrgLedger, R>> transition) {
        return ledgers.update(
                organization,
                ledger -> {
                    Step<OrgLedger, R> step = transition.apply(ledger);
                    return new Step<>(step.next(), new Seen<>(step.result(), step.next()));
                });
    }

    /** What a transition said, and the ledger after it. */
    private record Seen<R>(R outcome, OrgLedger ledger) {}

    /** The job whose event is being served, and the counters it has passed already. */
    private record Applicant(LineEntry entry, Passages passages, OrgLedger ledger) {}
}
