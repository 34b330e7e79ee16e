package dev.jitney.simulation.mutation;

import dev.jitney.broker.dispatcher.manifest.Manifests;
import dev.jitney.simulation.Attempt;
import dev.jitney.simulation.check.Violation;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * The simulation as it is run inside a {@link Mutant}: takes the day and the seeds from and to,
 * answers with the first violation. Only classes of the JDK go in and out.
 */
public final class MutantRun implements Function<List<String>, List<String>> {

    @Override
    public List<String> apply(List<String> words) {
        Manifests manifests =
                Manifests.read(
                        Path.of(Objects.requireNonNull(System.getProperty("jitney.root")))
                                .resolve("knative/base"));
        Day day = Day.valueOf(words.get(0));
        long last = Long.parseLong(words.get(2));
        for (long seed = Long.parseLong(words.get(1)); seed <= last; seed++) {
            if (attempt(day, seed, manifests) instanceof Attempt.Failed(_, Violation violation)) {
                return List.of(
                        violation.invariant().name(),
                        Long.toString(seed),
                        violation.at(),
                        Integer.toString(violation.jobs()),
                        String.valueOf(violation.getMessage()));
            }
        }
        return List.of();
    }

    private static Attempt attempt(Day day, long seed, Manifests manifests) {
        try {
            return Attempt.of(day.options(seed), manifests);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
