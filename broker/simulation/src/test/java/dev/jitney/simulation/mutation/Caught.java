package dev.jitney.simulation.mutation;

import dev.jitney.simulation.check.Invariant;
import java.util.List;

/**
 * A violation, as it comes from where its class is another one.
 *
 * @param at virtual time
 * @param jobs how many had arrived by then
 */
record Caught(Invariant invariant, long seed, String at, int jobs, String message) {

    static Caught of(List<String> words) {
        return new Caught(
                Invariant.valueOf(words.get(0)),
                Long.parseLong(words.get(1)),
                words.get(2),
                Integer.parseInt(words.get(3)),
                words.get(4));
    }
}
