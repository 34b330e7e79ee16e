package dev.jitney.reconciler;

import dev.jitney.core.Organization;
import dev.jitney.core.ledger.OrgLedger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The rounds over GitHub, most promising first (docs/decisions/0014): new pushes anywhere on the
 * server, repositories whose jobs we know, what was pushed to lately in organizations that have
 * been active, then in the others, and everything, a little at a time. Each goes on where it
 * stopped.
 */
final class Rounds {
    private static final String TURN = "turn";

    /** The rounds behind the first one, in their order. */
    private enum Kind {
        /** Repositories of jobs that we know. */
        KNOWN,
        /** What was pushed to lately, where something happened lately. */
        ACTIVE,
        /** What was pushed to lately, elsewhere. */
        RECENT,
        /** Everything. */
        ALL;

        String round() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What the rounds go over.
     *
     * @param everywhere every organization; none while the server does not name them
     * @param known repositories of jobs that we know
     */
    private record World(
            List<Organization> everywhere,
            SortedSet<Organization> active,
            SortedMap<String, Organization> known,
            Sweep.Window window) {}

    private final Sweep sweep;
    private final Cursor cursor;
    private final Ring.Tolerance tolerance;
    private final Ring ring;
    private final NewPushes pushes;
    private final Everything everything;

    Rounds(Sweep sweep, Cursor cursor, Workers parallel, Ring.Tolerance tolerance) {
        this.sweep = sweep;
        this.cursor = cursor;
        this.tolerance = tolerance;
        this.ring = new Ring(cursor, parallel, tolerance);
        this.pushes = new NewPushes(ring, cursor, sweep);
        this.everything = new Everything(ring, sweep);
    }

    /**
     * Goes on with each round; what one leaves of the budget goes to the next. While many jobs may
     * be unknown, all of it is for finding them.
     */
    void go(List<OrgLedger> ledgers, Part part) {
        Optional<List<Organization>> everywhere = everywhere(ledgers, part.budget());
        boolean recovering = NewPushes.isRecovering(cursor);
        everywhere.ifPresent(all -> pushes.go(all, recovering ? part : part.share(2, 3)));
        SortedMap<String, Organization> known = known(ledgers);
        var world =
                new World(
                        everywhere.orElse(List.of()),
                        active(ledgers, part.now()),
                        known,
                        sweep.recently(part.now(), known.keySet()));
        List<Kind> turns = turns();
        for (int i = 0; i < turns.size() && !part.isOver(); i++) {
            cursor.put(TURN, turns.get(i).name());
            save();
            go(turns.get(i), world, part.share(1, turns.size() - i));
        }
        save();
    }

    /** A tick that is cut off, or dies, goes on behind the round that it had begun last. */
    private List<Kind> turns() {
        List<Kind> turns = new ArrayList<>(List.of(Kind.values()));
        String last = cursor.get(TURN);
        int begun = turns.stream().map(Kind::name).toList().indexOf(last);
        Collections.rotate(turns, -(begun + 1));
        return turns;
    }

    private void go(Kind kind, World world, Part part) {
        switch (kind) {
            case KNOWN -> known(world.known(), part);
            case ACTIVE -> active(world, part);
            case RECENT -> recent(world, part);
            case ALL -> everything.go(kind.round(), world.everywhere(), part);
        }
    }

    /** A tick that dies in a later round has not lost the earlier ones. */
    private void save() {
        tolerance.bear("BOOKMARKS", cursor::save);
    }

    /**
     * Organizations of the server, and of ledgers where the server does not name them any more;
     * nothing when it does not answer, for a round over some of them would count as one over all.
     */
    private Optional<List<Organization>> everywhere(List<OrgLedger> ledgers, CallBudget budget) {
        var named = new AtomicReference<>(Optional.<List<Organization>>empty());
        tolerance.bear("ORGANIZATIONS", () -> named.set(sweep.organizations(budget)));
        return named.get()
                .map(
                        organizations -> {
                            Set<Organization> all = new TreeSet<>(organizations);
                            ledgers.forEach(each -> all.add(each.organization()));
                            return List.copyOf(all);
                        });
    }

    private static SortedMap<String, Organization> known(List<OrgLedger> ledgers) {
        SortedMap<String, Organization> known = new TreeMap<>();
        for (OrgLedger ledger : ledgers) {
            Organization organization = ledger.organization();
            ledger.backlog().forEach(job -> known.put(job.repository(), organization));
            ledger.gated().values().forEach(job -> known.put(job.repository(), organization));
            ledger.leases()
                    .values()
                    .forEach(lease -> known.put(lease.job().repository(), organization));
        }
        return known;
    }

    /** Jobs of a run come one after the other, without a push: where one is, there may be more. */
    private void known(SortedMap<String, Organization> repositories, Part part) {
        ring.around(
                Kind.KNOWN.round(),
                List.copyOf(repositories.entrySet()),
                Map.Entry::getKey,
                part,
                (each, from) -> sweep.repository(each.getValue(), each.getKey(), from, part));
    }

    private void active(World world, Part part) {
        ring.around(
                Kind.ACTIVE.round(),
                List.copyOf(world.active()),
                Organization::login,
                part,
                (each, from) -> {
                    Optional<String> cut = sweep.pushed(each, world.window(), from, part);
                    if (cut.isEmpty()) {
                        sweep.ghosts(each, part.budget());
                    }
                    return cut;
                });
    }

    private void recent(World world, Part part) {
        ring.around(
                Kind.RECENT.round(),
                world.everywhere().stream().filter(each -> !world.active().contains(each)).toList(),
                Organization::login,
                part,
                (each, from) -> sweep.pushed(each, world.window(), from, part));
    }

    /** Organizations in which something happened within the time that a ledger remembers. */
    static SortedSet<Organization> active(List<OrgLedger> ledgers, Instant now) {
        Instant since = now.minus(OrgLedger.FINISHED_FOR);
        SortedSet<Organization> active = new TreeSet<>();
        for (OrgLedger ledger : ledgers) {
            if (!ledger.isIdle() || ledger.finished().values().stream().anyMatch(since::isBefore)) {
                active.add(ledger.organization());
            }
        }
        return active;
    }
}
