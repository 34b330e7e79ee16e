package dev.jitney.core.ledger;

import dev.jitney.core.Organization;
import java.util.Comparator;

/**
 * An organization that stands further back in line, as its page has it.
 *
 * @param age of its oldest job there when it was filed
 */
public record Filed(Organization organization, Age age) implements Comparable<Filed> {
    private static final Comparator<Filed> ORDER =
            Comparator.comparing(Filed::age).thenComparing(Filed::organization);

    @Override
    public int compareTo(Filed other) {
        return ORDER.compare(this, other);
    }
}
