package dev.jitney.simulation.load;

import dev.jitney.simulation.engine.Dice;
import dev.jitney.simulation.engine.Nanos;
import dev.jitney.simulation.ghes.JobPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What a day is like, in absolute figures: docs/capacity-planning.md.
 *
 * @param jobsPerHour that arrive in each hour, in their order
 * @param shares of the jobs, by organization; at least one
 * @param matrices how often a push makes how many jobs; at least one
 */
public record LoadProfile(
        List<Integer> jobsPerHour, List<OrganizationShare> shares, List<MatrixShare> matrices) {
    public LoadProfile {
        jobsPerHour = List.copyOf(jobsPerHour);
        shares = List.copyOf(shares);
        matrices = List.copyOf(matrices);
    }

    /**
     * What part of the load an organization brings.
     *
     * @param share any positive number; what counts is the part of the sum of all shares
     */
    public record OrganizationShare(String login, double share, JobDuration duration) {}

    /**
     * How many jobs a push brings.
     *
     * @param size jobs of one push
     * @param share of the pushes; the part of the sum of all shares
     */
    public record MatrixShare(int size, double share) {}

    /**
     * Log-normal.
     *
     * @param median in nanoseconds
     * @param p95 that 95 of 100 jobs do not exceed, in nanoseconds; not less than the median
     */
    public record JobDuration(long median, long p95) {
        /** Standard deviations from the median to the 95th percentile. */
        private static final double P95 = 1.6448536269514722;

        /** Beyond it comes one job of 30000; a simulation is not made better by a job of days. */
        private static final double DEVIATIONS_MAX = 4;

        private long draw(Dice dice) {
            double deviations = Math.clamp(dice.gaussian(), -DEVIATIONS_MAX, DEVIATIONS_MAX);
            return (long) (median * Math.pow((double) p95 / median, deviations / P95));
        }
    }

    /**
     * A day like that, the same for the same seed. Each hour has exactly its number of jobs, at
     * random moments; the last push of an hour is cut to fit.
     */
    public Load load(long seed) {
        Dice dice = Dice.of(seed, "profile");
        Picker<OrganizationShare> organizations = new Picker<>(shares, OrganizationShare::share);
        Picker<MatrixShare> sizes = new Picker<>(matrices, MatrixShare::share);
        List<JobPlan> plans = new ArrayList<>();
        int run = 0;
        for (int hour = 0; hour < jobsPerHour.size(); hour++) {
            int left = jobsPerHour.get(hour);
            while (left > 0) {
                int size = Math.min(left, sizes.pick(dice).size());
                long at = hour * Nanos.HOUR + dice.between(0, Nanos.HOUR - Nanos.SECOND);
                push(++run, at, size, organizations.pick(dice), plans, dice);
                left -= size;
            }
        }
        plans.sort(Comparator.comparingLong(JobPlan::at).thenComparingInt(JobPlan::run));
        Stream<String> logins = shares.stream().map(OrganizationShare::login);
        return new Load(logins.toList(), plans, jobsPerHour.size());
    }

    private static void push(
            int run, long at, int size, OrganizationShare of, List<JobPlan> plans, Dice dice) {
        String repository = of.login() + "/repo-" + (1 + dice.below(4));
        for (int i = 0; i < size; i++) {
            long duration = of.duration().draw(dice);
            plans.add(
                    new JobPlan(
                            at + i * Nanos.MILLI,
                            run,
                            of.login(),
                            repository,
                            duration,
                            0,
                            -1,
                            false,
                            false));
        }
    }

    /** One of several, by their shares. */
    private static final class Picker<T> {
        private final NavigableMap<Double, T> upTo = new TreeMap<>();
        private final double sum;

        Picker(List<T> all, ToDoubleFunction<T> share) {
            double up = 0;
            for (T each : all) {
                upTo.put(up, each);
                up += share.applyAsDouble(each);
            }
            sum = up;
        }

        T pick(Dice dice) {
            return upTo.floorEntry(dice.share() * sum).getValue();
        }
    }
}
