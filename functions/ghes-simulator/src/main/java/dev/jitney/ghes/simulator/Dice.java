package dev.jitney.ghes.simulator;

import java.util.SplittableRandom;

/**
 * Chance that depends only on the seed, the question and the id it is asked about: the answer is
 * the same in whatever order things happen.
 *
 * @param seed the one seed of the simulator
 */
record Dice(long seed) {

    boolean happens(double rate, String question, long id) {
        return rate > 0 && share(question, id) < rate;
    }

    /** From 0 to below 1. */
    double share(String question, long id) {
        return source(question, id).nextDouble();
    }

    long number(String question, long id) {
        return source(question, id).nextLong();
    }

    private SplittableRandom source(String question, long id) {
        long mixed = seed * 0x9E3779B97F4A7C15L + id;
        return new SplittableRandom(mixed * 0xBF58476D1CE4E5B9L ^ question.hashCode());
    }
}
