package dev.jitney.reconciler;

import dev.jitney.core.Organization;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** The slow round over every repository of every organization, one organization at a time. */
final class Everything {
    private static final String ROUND = "all";
    private static final String REPOSITORIES = "all/repositories";

    private final Ring ring;
    private final Cursor cursor;
    private final Sweep sweep;
    private final Ring.Tolerance tolerance;

    Everything(Ring ring, Cursor cursor, Sweep sweep, Ring.Tolerance tolerance) {
        this.ring = ring;
        this.cursor = cursor;
        this.sweep = sweep;
        this.tolerance = tolerance;
    }

    /** Goes on, at most once around. */
    void go(List<Organization> organizations, Part part) {
        for (int visited = 0; visited < organizations.size() && !part.isOver(); visited++) {
            Position position = Position.read(cursor.get(ROUND));
            Organization next = position.next(organizations);
            if (!next.login().equals(position.organization()) || position.page() == 0) {
                turn(new Position(next.login(), 1));
            }
            visit(next, part);
        }
    }

    /** Goes on in one organization until it is done or the budget is spent. */
    private void visit(Organization organization, Part part) {
        boolean goesOn = true;
        while (goesOn && !part.isOver()) {
            Position position = Position.read(cursor.get(ROUND));
            Optional<Position> next = page(organization, position, part);
            next.ifPresent(this::turn);
            goesOn = next.filter(each -> each.page() > 0).isPresent();
        }
    }

    private void turn(Position position) {
        cursor.put(ROUND, position.write());
        cursor.put(REPOSITORIES, "");
    }

    /** Where to go on; nothing while this page is not done. */
    private Optional<Position> page(Organization organization, Position position, Part part) {
        var done = new Position(organization.login(), 0);
        // What cannot be read must not hold up the round.
        var next = new AtomicReference<>(Optional.of(done));
        tolerance.bear(
                "round " + ROUND,
                () -> {
                    Optional<Sweep.RepositoryPage> page =
                            sweep.repositories(organization, position.page(), part);
                    boolean complete =
                            page.filter(each -> repositories(organization, each.names(), part))
                                    .isPresent();
                    if (!complete) {
                        next.set(Optional.empty());
                    } else if (page.get().isFull()) {
                        next.set(Optional.of(position.following()));
                    } else {
                        sweep.ghosts(organization, part.budget());
                    }
                });
        return next.get();
    }

    private boolean repositories(Organization organization, List<String> names, Part part) {
        return ring.along(
                REPOSITORIES,
                ring.ahead(REPOSITORIES, names, Function.identity()),
                Function.identity(),
                part,
                (each, from) -> sweep.repository(organization, each, from, part));
    }

    /**
     * Where the round stopped.
     *
     * @param page of the organization's repositories; 0 when it is done
     */
    record Position(String organization, int page) {
        static Position read(String text) {
            String[] parts = text.split(" ", 3);
            return parts.length < 2
                    ? new Position("", 0)
                    : new Position(parts[0], Integer.parseInt(parts[1]));
        }

        String write() {
            return organization + " " + page;
        }

        Position following() {
            return new Position(organization, page + 1);
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
