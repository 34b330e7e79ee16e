package dev.jitney.simulation.mutation;

import dev.jitney.simulation.check.Invariant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A way in which the code could be wrong.
 *
 * @param name what is wrong, in a few words
 * @param day on which it shows
 * @param expected invariants of which one must break
 */
record Mutation(String name, Day day, List<Edit> edits, Set<Invariant> expected) {

    static Mutation of(
            String name,
            Day day,
            String file,
            String from,
            String to,
            Invariant expected,
            Invariant... orElse) {
        return new Mutation(
                name, day, List.of(new Edit(file, from, to)), EnumSet.of(expected, orElse));
    }

    @Override
    public String toString() {
        return name;
    }
}
