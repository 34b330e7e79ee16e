package dev.jitney.core.ledger;

import dev.jitney.core.Organization;
import dev.jitney.core.Policy;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.RunnerName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A change to the {@link ClusterLedger}'s places and line in the making. Copies of the ledger only
 * what changes.
 */
final class LineEdit {
    private final ClusterLedger before;
    private final Policy policy;
    private final LineBounds bounds;
    private final Instant now;
    private final Draft<Map<RunnerName, Place>> places;
    private final Draft<Map<Organization, Standing>> line;
    private final Draft<Map<RunnerClassName, Overflow>> overflow;
    private final List<Place> granted = new ArrayList<>();

    LineEdit(ClusterLedger before, Policy policy, LineBounds bounds, Instant now) {
        this.before = before;
        this.policy = policy;
        this.bounds = bounds;
        this.now = now;
        this.places = new Draft<>(before.places(), LinkedHashMap::new);
        this.line = new Draft<>(before.line(), LinkedHashMap::new);
        this.overflow = new Draft<>(before.overflow(), LinkedHashMap::new);
    }

    void release(RunnerName runner) {
        if (places.seen().containsKey(runner)) {
            places.own().remove(runner);
        }
    }

    /**
     * Replaces what stands in line for an organization, unless a newer reading stands already.
     *
     * @param applicant whose place is granted again if it has one
     */
    void standIn(Organization organization, Standing standing, Optional<RunnerName> applicant) {
        Standing stood = line.seen().get(organization);
        if (stood != null && stood.revision() > standing.revision()) {
            return;
        }
        List<LineEntry> front = new ArrayList<>();
        for (LineEntry entry : standing.entries()) {
            Place held = places.seen().get(entry.runner());
            if (held == null) {
                if (standsInFront(entry)) {
                    front.add(entry);
                }
            } else if (applicant.filter(entry.runner()::equals).isPresent()) {
                granted.add(held);
            }
        }
        if (front.isEmpty() && stood != null) {
            line.own().remove(organization);
        } else if (!front.isEmpty() && (stood == null || !stood.entries().equals(front))) {
            line.own().put(organization, new Standing(standing.revision(), front));
        }
        front.stream().map(LineEntry::runnerClass).distinct().forEach(this::cut);
    }

    /** A job that stands further back is not taken in; that its minute has a page is noted. */
    private boolean standsInFront(LineEntry entry) {
        Overflow further = overflow.seen().get(entry.runnerClass());
        if (further == null || entry.age().isOlderThan(further.from())) {
            return true;
        }
        overflow.own().put(entry.runnerClass(), further.withMinute(entry.age().minute()));
        return false;
    }

    /** Moves the youngest of a class further back when its front has become too long. */
    private void cut(RunnerClassName runnerClass) {
        int standing = 0;
        for (Standing each : line.seen().values()) {
            standing += each.entries().size();
        }
        if (standing <= bounds.most()) {
            return;
        }
        List<Age> front = front(line.seen(), runnerClass, new Tally(places.seen(), policy, now));
        if (front.size() > bounds.most()) {
            front.sort(null);
            cutAt(runnerClass, front.get(bounds.kept()));
        }
    }

    /**
     * How many jobs of a class are in the front and could be served if there were places. Those of
     * an organization that may not grow since its limit was lowered do not count: the front would
     * be full of them, and nobody behind them ever called.
     */
    static int inFront(
            ClusterLedger ledger, RunnerClassName runnerClass, Policy policy, Instant now) {
        return front(ledger.line(), runnerClass, new Tally(ledger.places(), policy, now)).size();
    }

    private static List<Age> front(
            Map<Organization, Standing> line, RunnerClassName runnerClass, Tally tally) {
        List<Age> front = new ArrayList<>();
        line.forEach(
                (organization, standing) -> {
                    if (tally.mayGrow(organization)) {
                        standing.entries().stream()
                                .filter(each -> each.runnerClass().equals(runnerClass))
                                .map(LineEntry::age)
                                .forEach(front::add);
                    }
                });
        return front;
    }

    private void cutAt(RunnerClassName runnerClass, Age cut) {
        Map<Organization, Age> moved = new LinkedHashMap<>();
        Map<Organization, Standing> own = line.own();
        for (Organization organization : List.copyOf(own.keySet())) {
            own.computeIfPresent(
                    organization,
                    (_, standing) -> {
                        Standing left = standing.olderThan(cut, runnerClass);
                        standing.oldestNotIn(left).ifPresent(age -> moved.put(organization, age));
                        return left.entries().isEmpty() ? null : left;
                    });
        }
        overflow.own()
                .compute(
                        runnerClass,
                        (_, further) ->
                                (further == null ? Overflow.beginning(cut) : further)
                                        .cutAt(cut, moved));
    }

    /** Ends the recall that a class has. */
    void endRecall(RunnerClassName runnerClass) {
        overflow.own()
                .computeIfPresent(runnerClass, (_, further) -> further.recalled().orElse(null));
    }

    /** Grants places to the oldest that may have one. */
    void serve() {
        if (!before.isOpen()) {
            return;
        }
        int free = Math.min(Turn.GRANTS_MAX, policy.openCapacity() - places.seen().size());
        if (free <= 0 || line.seen().isEmpty()) {
            return;
        }
        Tally tally = new Tally(places.seen(), policy, now);
        for (int i = 0; i < free; i++) {
            Optional<Candidate> next = oldest(line.seen(), overflow.seen(), tally);
            if (next.isEmpty()) {
                return;
            }
            Place place = next.get().place(now);
            places.own().put(place.runner(), place);
            tally.add(place);
            granted.add(place);
            LineEntry served = next.get().entry();
            line.own().computeIfPresent(place.organization(), (_, all) -> all.without(served));
        }
    }

    Step<ClusterLedger, List<Place>> done() {
        ClusterLedger known = Adoption.begun(before, now);
        boolean same =
                known.rebuild().equals(before.rebuild())
                        && places.isUntouched()
                        && line.isUntouched()
                        && overflow.seen().equals(before.overflow());
        ClusterLedger after =
                same
                        ? before
                        : new ClusterLedger(
                                before.revision() + 1,
                                known.rebuild(),
                                places.seen(),
                                line.seen(),
                                overflow.seen());
        return new Step<>(after, granted);
    }

    /** Who would be served next, if anybody may be. */
    static Optional<Candidate> oldest(ClusterLedger ledger, Policy policy, Instant now) {
        return oldest(ledger.line(), ledger.overflow(), new Tally(ledger.places(), policy, now));
    }

    private static Optional<Candidate> oldest(
            Map<Organization, Standing> line,
            Map<RunnerClassName, Overflow> overflow,
            Tally tally) {
        Candidate best = null;
        for (var standing : line.entrySet()) {
            if (!tally.mayGrow(standing.getKey())) {
                continue;
            }
            for (LineEntry entry : standing.getValue().entries()) {
                if ((best == null || entry.compareTo(best.entry()) < 0)
                        && tally.mayGrow(entry.runnerClass())
                        && isServed(entry, overflow)) {
                    best = new Candidate(standing.getKey(), entry);
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private static boolean isServed(LineEntry entry, Map<RunnerClassName, Overflow> overflow) {
        Overflow further = overflow.get(entry.runnerClass());
        return further == null || entry.age().isOlderThan(further.servedUntil());
    }

    /** A job in line, and whose it is. */
    record Candidate(Organization organization, LineEntry entry) {
        Place place(Instant now) {
            return new Place(entry.runner(), organization, entry.runnerClass(), entry.job(), now);
        }
    }

    /** Places taken so far, by organization and by class. */
    private static final class Tally {
        private final Policy policy;
        private final Instant now;
        private final Map<Organization, Integer> byOrganization = new HashMap<>();
        private final Map<RunnerClassName, Integer> byClass = new HashMap<>();

        Tally(Map<RunnerName, Place> places, Policy policy, Instant now) {
            this.policy = policy;
            this.now = now;
            places.values().forEach(this::add);
        }

        void add(Place place) {
            byOrganization.merge(place.organization(), 1, Integer::sum);
            byClass.merge(place.runnerClass(), 1, Integer::sum);
        }

        boolean mayGrow(Organization organization) {
            return byOrganization.getOrDefault(organization, 0) < policy.limitOf(organization, now);
        }

        boolean mayGrow(RunnerClassName runnerClass) {
            return byClass.getOrDefault(runnerClass, 0) < policy.limitOf(runnerClass);
        }
    }
}
