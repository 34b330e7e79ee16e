package dev.jitney.simulation.mutation;

import java.util.List;
import java.util.stream.Stream;

/** The table of what is broken on purpose. */
final class Mutations {
    private Mutations() {}

    static List<Mutation> all() {
        return Stream.of(
                        LineMutations.all(),
                        LeaseMutations.all(),
                        RunnerMutations.all(),
                        PolicyMutations.all())
                .flatMap(List::stream)
                .toList();
    }
}
