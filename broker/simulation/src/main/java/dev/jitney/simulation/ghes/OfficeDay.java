package dev.jitney.simulation.ghes;

import dev.jitney.simulation.engine.Dice;
import dev.jitney.simulation.engine.Nanos;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The arrivals of an office day: a morning ramp, a long busy stretch and a slower end; pushes of
 * one job and matrices of many; a few organizations with so much work that they press against their
 * limit, and many with little.
 *
 * @param organizations how many share the load
 * @param capacity runners of the cluster
 * @param limit runners of one organization
 * @param hours over which jobs arrive
 * @param utilization share of the capacity that the work would fill if it came evenly
 * @param gated share of the jobs that wait at a gate first
 * @param cancelled share of the jobs that are cancelled
 * @param rerun share of the jobs that are run again
 * @param large share of the jobs that want a large runner
 */
public record OfficeDay(
        int organizations,
        int capacity,
        int limit,
        double hours,
        double utilization,
        double gated,
        double cancelled,
        double rerun,
        double large) {
    private static final double SIGMA = 0.7;
    private static final double MEAN_JOB = 6.0 * Nanos.MINUTE;
    private static final double[] TIMES = {0, 0.2, 0.75, 1};
    private static final double[] RATES = {0.3, 1.25, 1.25, 0.5};
    private static final double RATE_MAX = 1.25;

    /** All jobs, in the order of their arrival; the same for the same seed. */
    public List<JobPlan> jobs(long seed) {
        Dice dice = Dice.of(seed, "load");
        int total = (int) (utilization * capacity * hours * Nanos.HOUR / MEAN_JOB);
        double[] weights = weights();
        List<JobPlan> plans = new ArrayList<>(total + 16);
        int run = 0;
        while (plans.size() < total) {
            int rank = pick(weights, dice.share());
            run++;
            push(rank, run, plans, dice);
        }
        plans.sort(Comparator.comparingLong(JobPlan::at).thenComparingInt(JobPlan::run));
        return plans;
    }

    /** The logins of the organizations. */
    public static List<String> logins(int organizations) {
        return IntStream.rangeClosed(1, organizations).mapToObj("org-%04d"::formatted).toList();
    }

    private void push(int rank, int run, List<JobPlan> plans, Dice dice) {
        long at = (long) (moment(dice) * hours * Nanos.HOUR);
        String organization = "org-%04d".formatted(rank + 1);
        String repository = organization + "/repo-" + (1 + dice.below(1 + (rank + 1) % 4));
        double kind = dice.share();
        int size = kind < 0.5 ? 1 : kind < 0.8 ? 2 + dice.below(3) : 5 + dice.below(8);
        for (int i = 0; i < size; i++) {
            plans.add(
                    new JobPlan(
                            at + i * Nanos.MILLI,
                            run,
                            organization,
                            repository,
                            duration(dice),
                            dice.share() < gated ? dice.between(0, 5 * Nanos.MINUTE) : 0,
                            dice.share() < cancelled ? cancelAfter(dice) : -1,
                            dice.share() < rerun,
                            large > 0 && dice.share() < large));
        }
    }

    /** From a tenth of a second to twenty minutes, each order of magnitude as likely. */
    private static long cancelAfter(Dice dice) {
        return (long) (Nanos.SECOND / 10 * Math.exp(dice.share() * Math.log(12_000)));
    }

    private static long duration(Dice dice) {
        double factor = Math.exp(SIGMA * dice.gaussian() - SIGMA * SIGMA / 2);
        return (long) (MEAN_JOB * Math.clamp(factor, 0.05, 6));
    }

    private static double moment(Dice dice) {
        while (true) {
            double time = dice.share();
            if (dice.share() * RATE_MAX <= rate(time)) {
                return time;
            }
        }
    }

    private static double rate(double time) {
        for (int i = 1; i < TIMES.length; i++) {
            if (time <= TIMES[i]) {
                double along = (time - TIMES[i - 1]) / (TIMES[i] - TIMES[i - 1]);
                return RATES[i - 1] + along * (RATES[i] - RATES[i - 1]);
            }
        }
        return RATES[RATES.length - 1];
    }

    /** Zipf, cut where an organization would have more work than its limit lets it do. */
    private double[] weights() {
        double most = 0.9 * limit / (utilization * capacity);
        double[] weights = new double[organizations];
        double sum = 0;
        for (int i = 0; i < organizations; i++) {
            weights[i] = 1 / Math.pow(i + 1.0, 0.8);
            sum += weights[i];
        }
        double total = 0;
        for (int i = 0; i < organizations; i++) {
            weights[i] = Math.min(most, weights[i] / sum);
            total += weights[i];
        }
        double up = 0;
        for (int i = 0; i < organizations; i++) {
            up += weights[i] / total;
            weights[i] = up;
        }
        return weights;
    }

    private static int pick(double[] upTo, double share) {
        int low = 0;
        int high = upTo.length - 1;
        while (low < high) {
            int middle = (low + high) / 2;
            if (upTo[middle] > share) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
