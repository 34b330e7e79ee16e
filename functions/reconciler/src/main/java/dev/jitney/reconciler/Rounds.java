package dev.jitney.reconciler;

import dev.jitney.cloudevents.OutgoingEvent;
import dev.jitney.core.Organization;
import dev.jitney.core.ledger.OrgLedger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The rounds over GitHub, most promising first: organizations that have been active, then what was
 * pushed to lately anywhere on the server, then everything, a little at a time. Each goes on where
 * it stopped.
 */
final class Rounds {
    private static final String ACTIVE = "active";
    private static final String PUSHED = "pushed";
    private static final String ALL = "all";
    private static final int AT_ONCE = 8;

    private final Sweep sweep;
    private final Cursor cursor;
    private final Workers parallel;
    private final Tolerance tolerance;

    /** Bears the failure of one step, so that the rest of a round is done. */
    @FunctionalInterface
    interface Tolerance {
        void bear(String what, Runnable work);
    }

    /**
     * One tick's part of the rounds.
     *
     * @param over once it says so, nothing more is begun
     * @param events takes what was found, as soon as it is known
     */
    record Part(
            CallBudget budget,
            Instant now,
            BooleanSupplier over,
            Consumer<List<OutgoingEvent>> events) {

        boolean isOver() {
            return over.getAsBoolean() || budget.isSpent();
        }

        /** The same with a share of the calls that are left. */
        Part share(int divisor) {
            return new Part(budget.upTo(budget.left() / divisor), now, over, events);
        }
    }

    Rounds(Sweep sweep, Cursor cursor, Workers parallel, Tolerance tolerance) {
        this.sweep = sweep;
        this.cursor = cursor;
        this.parallel = parallel;
        this.tolerance = tolerance;
    }

    /** Goes on with each round; what the first ones leave of the budget goes to the last. */
    void go(List<OrgLedger> ledgers, Part part) {
        List<OrgLedger> active = ledgers.stream().filter(Rounds::isActive).toList();
        active(active, part.share(2));
        List<Organization> everywhere = everywhere(ledgers, part.budget());
        Set<Organization> done =
                active.stream().map(OrgLedger::organization).collect(Collectors.toSet());
        pushed(everywhere.stream().filter(each -> !done.contains(each)).toList(), part.share(2));
        all(everywhere, part);
    }

    /** Something happened in it within the half hour that a ledger remembers. */
    private static boolean isActive(OrgLedger ledger) {
        return !ledger.isIdle() || !ledger.finished().isEmpty();
    }

    private void active(List<OrgLedger> ledgers, Part part) {
        parallel.each(
                cursor.from(ACTIVE, ledgers, each -> each.organization().login()),
                part::isOver,
                each -> {
                    cursor.put(ACTIVE, each.organization().login());
                    tolerance.bear(
                            "SWEEP_ACTIVE",
                            () ->
                                    part.events()
                                            .accept(
                                                    sweep.organization(
                                                            each, part.budget(), part.now())));
                });
    }

    /** Organizations of the server, and of ledgers where the server does not name them any more. */
    private List<Organization> everywhere(List<OrgLedger> ledgers, CallBudget budget) {
        Set<Organization> all = new TreeSet<>();
        ledgers.forEach(each -> all.add(each.organization()));
        tolerance.bear("ORGANIZATIONS", () -> all.addAll(sweep.organizations(budget)));
        return List.copyOf(all);
    }

    private void pushed(List<Organization> organizations, Part part) {
        parallel.each(
                cursor.from(PUSHED, organizations, Organization::login),
                part::isOver,
                each -> {
                    cursor.put(PUSHED, each.login());
                    tolerance.bear(
                            "SWEEP_PUSHED",
                            () ->
                                    part.events()
                                            .accept(sweep.pushed(each, part.budget(), part.now())));
                });
    }

    private void all(List<Organization> organizations, Part part) {
        for (int visited = 0; visited < organizations.size() && !part.isOver(); visited++) {
            Position position = Position.read(cursor.get(ALL));
            Organization next = position.next(organizations);
            if (!next.login().equals(position.organization()) || position.page() == 0) {
                position = new Position(next.login(), 1, "");
            }
            visit(next, position, part);
        }
    }

    /** Goes on in one organization until it is done or the budget is spent. */
    private void visit(Organization organization, Position from, Part part) {
        Position position = from;
        while (position.page() > 0 && !part.isOver()) {
            position = page(organization, position, part);
            cursor.put(ALL, position.write());
        }
    }

    private Position page(Organization organization, Position from, Part part) {
        AtomicBoolean read = new AtomicBoolean();
        Position[] reached = {from};
        tolerance.bear(
                "SWEEP_ALL",
                () -> {
                    Optional<Sweep.RepositoryPage> page =
                            sweep.repositories(organization, from.page(), part.budget());
                    if (page.isPresent()) {
                        reached[0] = repositories(organization, from, page.get(), part);
                    }
                    read.set(true);
                });
        // What cannot be read must not hold up the round.
        return read.get() ? reached[0] : new Position(organization.login(), 0, "");
    }

    private Position repositories(
            Organization organization, Position from, Sweep.RepositoryPage page, Part part) {
        List<String> left =
                page.names().stream()
                        .filter(each -> each.compareTo(from.repository()) > 0)
                        .toList();
        int done = 0;
        while (done < left.size() && !part.isOver()) {
            int some = Math.clamp(part.budget().left() / 4, 1, AT_ONCE);
            List<String> chunk = left.subList(done, Math.min(left.size(), done + some));
            parallel.each(chunk, part.over(), each -> repository(organization, each, part));
            done += chunk.size();
        }
        if (done < left.size()) {
            return done == 0 ? from : from.after(left.get(done - 1));
        }
        if (page.isFull()) {
            return new Position(organization.login(), from.page() + 1, "");
        }
        sweep.ghosts(organization, part.budget());
        return new Position(organization.login(), 0, "");
    }

    private void repository(Organization organization, String repository, Part part) {
        tolerance.bear(
                "SWEEP_ALL",
                () ->
                        part.events()
                                .accept(
                                        sweep.repository(
                                                organization,
                                                repository,
                                                part.budget(),
                                                part.now())));
    }

    /**
     * Where the round over everything stopped.
     *
     * @param page of the organization's repositories; 0 when it is done
     * @param repository the last one that was looked at
     */
    record Position(String organization, int page, String repository) {
        static Position read(String text) {
            String[] parts = text.split(" ", 3);
            return parts.length < 3
                    ? new Position("", 0, "")
                    : new Position(parts[0], Integer.parseInt(parts[1]), parts[2]);
        }

        String write() {
            return organization + " " + page + " " + repository;
        }

        Position after(String done) {
            return new Position(organization, page, done);
        }

        /** The organization itself while it is not done, else the next one; in a ring. */
        Organization next(List<Organization> sorted) {
            return sorted.stream()
                    .filter(
                            each -> {
                                int compared = each.login().compareTo(organization);
                                return page > 0 ? compared >= 0 : compared > 0;
                            })
                    .findFirst()
                    .orElse(sorted.getFirst());
        }
    }
}
