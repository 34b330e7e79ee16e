package dev.jitney.broker.dispatcher;

import java.time.Duration;

/**
 * Disturbances that every production broker makes now and then, made often and on purpose.
 *
 * @param duplicateRate share of deliveries made twice, 0 to 1
 * @param delayRate share of deliveries held back, and so reordered, 0 to 1
 * @param delayMax longest time a delivery is held back; the actual time is uniform below it
 * @param seed start of the random sequence; the same seed and input give the same faults
 */
public record Faults(double duplicateRate, double delayRate, Duration delayMax, long seed) {
    public Faults {
        if (!isRate(duplicateRate) || !isRate(delayRate)) {
            throw new IllegalArgumentException("a rate is not between 0 and 1");
        }
        if (delayMax.isNegative()) {
            throw new IllegalArgumentException("delayMax is negative: " + delayMax);
        }
    }

    /** No disturbance. */
    public static Faults none() {
        return new Faults(0, 0, Duration.ZERO, 0);
    }

    /** What a calm week looks like: a duplicate now and then, short delays. */
    public static Faults light(long seed) {
        return new Faults(0.005, 0.02, Duration.ofMillis(300), seed);
    }

    /** What a rebalance looks like: a few percent duplicates, delays of up to 1.5 s. */
    public static Faults heavy(long seed) {
        return new Faults(0.04, 0.15, Duration.ofMillis(1500), seed);
    }

    /**
     * The preset of a name.
     *
     * @param name {@code none}, {@code light} or {@code heavy}
     * @throws IllegalArgumentException for any other name
     */
    public static Faults preset(String name, long seed) {
        return switch (name) {
            case "none" -> none();
            case "light" -> light(seed);
            case "heavy" -> heavy(seed);
            default ->
                    throw new IllegalArgumentException(
                            "unknown faults \"" + name + "\": use none, light or heavy");
        };
    }

    /** Whether there is nothing to do. */
    public boolean isNone() {
        return duplicateRate == 0 && delayRate == 0;
    }

    private static boolean isRate(double rate) {
        return rate >= 0 && rate <= 1;
    }
}
