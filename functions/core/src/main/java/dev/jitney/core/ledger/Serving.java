package dev.jitney.core.ledger;

import dev.jitney.core.Organization;
import dev.jitney.core.Policy;
import dev.jitney.core.RunnerName;
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

/**
 * Serves the line: takes turns on the cluster's ledger, and writes the lease of each place that was
 * granted into the ledger of its organization. A place that is not needed any more is given back in
 * a further turn.
 */
final class Serving {
    /** More turns than this for one event means that something is wrong; the reconciler goes on. */
    private static final int TURNS_MAX = 100;

    /** The same for those who stand further back; the next event, or the reconciler, goes on. */
    private static final int RECALLS_MAX = 20;

    private final Ledgers ledgers;
    private final Gatekeeper gatekeeper;
    private final Policy policy;
    private final LineBounds bounds;
    private final FurtherBack furtherBack;
    private final WhyHeld held;
    private final InstantSource clock;
    private final DecisionLog log;

    Serving(
            Ledgers ledgers,
            Gatekeeper gatekeeper,
            Policy policy,
            LineBounds bounds,
            InstantSource clock,
            DecisionLog log) {
        this.ledgers = ledgers;
        this.gatekeeper = gatekeeper;
        this.policy = policy;
        this.bounds = bounds;
        this.furtherBack = new FurtherBack(ledgers, policy, bounds);
        this.held = new WhyHeld(policy);
        this.clock = clock;
        this.log = log;
    }

    /** The job whose event is being served, and the counters it has passed already. */
    record Applicant(LineEntry entry, Passages passages, OrgLedger ledger) {}

    /** Repeats the step after a place was reserved. */
    List<Requested> confirm(Place place) {
        List<Requested> requested = new ArrayList<>();
        Deque<Turn> turns = new ArrayDeque<>();
        var _ = confirm(place, ledgers.readCluster(), Optional.empty(), requested, turns);
        turns.forEach(turn -> requested.addAll(serve(turn)));
        return requested;
    }

    /** The turn of an organization as its ledger is. */
    Turn turn(Optional<RunnerName> release, OrgLedger ledger, Instant now) {
        List<LineEntry> entries = ledger.line(policy.limitOf(ledger.organization(), now), now);
        return Turn.of(release, ledger.organization(), new Standing(ledger.revision(), entries));
    }

    List<Requested> serve(Turn turn) {
        return serve(turn, Optional.empty());
    }

    List<Requested> serve(Turn first, Optional<Applicant> applicant) {
        List<Requested> requested = new ArrayList<>();
        take(first, applicant, requested);
        return requested;
    }

    TurnTaken take(Turn first, Optional<Applicant> applicant, List<Requested> requested) {
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
        log.decide(Kind.HELD, organization, entry.job(), "", held.inCluster(entry, cluster).name());
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
                Seen.of(
                        ledgers,
                        organization,
                        ledger -> Leasing.granted(ledger, place, limit, now));
        switch (seen.outcome()) {
            case Leasing.Leased(Lease lease) -> {
                log.decide(
                        Kind.GRANTED, organization, lease.job().id(), lease.runner().value(), "");
                requested.addAll(Admission.requestedAgain(organization, lease));
            }
            case Leasing.Unneeded() -> {
                log.decide(Kind.RETURNED, organization, place.job(), place.runner().value(), "");
                turns.addLast(turn(Optional.of(place.runner()), seen.ledger(), now));
            }
            case Leasing.AtLimit() -> {
                log.decide(
                        Kind.RETURNED,
                        organization,
                        place.job(),
                        place.runner().value(),
                        held.inOrganization(seen.ledger(), now).name());
                turns.addLast(turn(Optional.of(place.runner()), seen.ledger(), now));
            }
        }
        boolean kept = seen.outcome() instanceof Leasing.Leased;
        ClusterLedger truth = kept ? cluster : cluster.without(place.runner());
        gatekeeper.settle(passages, kept, place.runnerClass(), truth, seen.ledger());
        return truth;
    }
}
