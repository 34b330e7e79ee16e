package dev.jitney.simulation.engine;

import java.util.SplittableRandom;

/** Chance from a seed; each purpose has a stream of its own. */
public final class Dice {
    private final SplittableRandom random;

    private Dice(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** The stream of one purpose. */
    public static Dice of(long seed, String purpose) {
        long mixed = seed * 0x9E3779B97F4A7C15L + purpose.hashCode();
        return new Dice(mixed ^ (mixed >>> 31));
    }

    /** True with a probability; draws nothing when it is zero. */
    public boolean happens(double rate) {
        return rate > 0 && random.nextDouble() < rate;
    }

    public double share() {
        return random.nextDouble();
    }

    /** One of {@code 0} to {@code bound - 1}. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** One of the numbers between two, the first included. */
    public long between(long first, long end) {
        return end <= first ? first : random.nextLong(first, end);
    }

    public double gaussian() {
        return random.nextGaussian();
    }
}
