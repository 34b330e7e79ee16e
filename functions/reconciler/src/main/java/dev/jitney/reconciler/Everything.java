package dev.jitney.reconciler;

import dev.jitney.core.Organization;
import java.util.List;
import java.util.Optional;

/** The slow round over every repository of every organization. */
final class Everything {
    private final Ring ring;
    private final Sweep sweep;

    Everything(Ring ring, Sweep sweep) {
        this.ring = ring;
        this.sweep = sweep;
    }

    /** Goes on, at most once around. */
    void go(String round, List<Organization> organizations, Part part) {
        ring.around(
                round,
                organizations,
                Organization::login,
                part,
                (each, from) -> visit(each, Place.read(from), part));
    }

    private Optional<String> visit(Organization organization, Place from, Part part) {
        Place place = from;
        while (true) {
            Optional<Sweep.RepositoryPage> page =
                    sweep.repositories(organization, place.page(), part);
            if (page.isEmpty()) {
                return Optional.of(place.write());
            }
            Optional<String> cut =
                    sweep.repositories(organization, page.get().names(), place.stop(), part);
            if (cut.isPresent()) {
                return Optional.of(new Place(place.page(), cut.get()).write());
            }
            if (!page.get().isFull()) {
                sweep.ghosts(organization, part.budget());
                return Optional.empty();
            }
            place = new Place(place.page() + 1, "");
        }
    }

    /**
     * Where in an organization the round was cut off.
     *
     * @param page of its repositories, from 1
     * @param stop within the page
     */
    record Place(int page, String stop) {
        static Place read(String text) {
            String[] parts = text.split(" ", 2);
            return text.isEmpty()
                    ? new Place(1, "")
                    : new Place(Integer.parseInt(parts[0]), parts.length < 2 ? "" : parts[1]);
        }

        String write() {
            return page + " " + stop;
        }
    }
}
