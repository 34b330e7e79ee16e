package dev.jitney.standalone.demo;

import java.util.Collection;

/**
 * Percentiles by nearest rank: each is a value that was measured.
 *
 * @param count how many values there were; without any, all percentiles are 0
 */
public record Percentiles(int count, double p50, double p95, double p99) {

    static Percentiles of(Collection<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new Percentiles(
                sorted.length, rank(sorted, 0.50), rank(sorted, 0.95), rank(sorted, 0.99));
    }

    private static double rank(double[] sorted, double share) {
        if (sorted.length == 0) {
            return 0;
        }
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.clamp(rank, 1, sorted.length) - 1];
    }
}
