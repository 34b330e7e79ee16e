package dev.jitney.ghes.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Turns a profile into arrivals: a morning ramp, a busy stretch and a slower end; pushes of one job
 * and matrices of many; a few organizations with much work and many with little.
 */
final class Load {

    /** The largest organization gets about this share, if there are enough others. */
    private static final double LARGEST_SHARE = 0.06;

    private static final double SIGMA = 0.7;
    private static final double LONGEST_IN_MEANS = 6;
    private static final double FAILING_SHARE = 0.08;
    private static final Duration GATE_MAX = Duration.ofMinutes(5);

    private static final double[] TIMES = {0, 0.25, 0.65, 1};
    private static final double[] RATES = {0.3, 1.35, 1.35, 0.6};

    private final LoadProfile profile;
    private final SplittableRandom random;

    private Load(LoadProfile profile) {
        this.profile = profile;
        this.random = new SplittableRandom(profile.seed());
    }

    /**
     * One run.
     *
     * @param at virtual time since the start of the load
     * @param jobs one or more, of one repository
     */
    record Arrival(Duration at, List<JobOrder> jobs) {
        Arrival {
            jobs = List.copyOf(jobs);
        }
    }

    /** The login of the organization with this rank; 1 has the most work. */
    static String organization(int rank) {
        return "org-%04d".formatted(rank);
    }

    /** All arrivals, in order. */
    static List<Arrival> arrivals(LoadProfile profile) {
        return new Load(profile).generate();
    }

    private List<Arrival> generate() {
        var arrivals = new ArrayList<Arrival>();
        List<Integer> quotas = quotas(profile.organizations(), profile.jobs());
        for (int rank = 1; rank <= quotas.size(); rank++) {
            int left = quotas.get(rank - 1);
            while (left > 0) {
                int size = Math.min(left, burst());
                arrivals.add(arrival(rank, size));
                left -= size;
            }
        }
        arrivals.sort(Comparator.comparing(Arrival::at));
        return List.copyOf(arrivals);
    }

    /** How many jobs each organization has, by rank; the sum is exact. */
    static List<Integer> quotas(int organizations, int jobs) {
        double[] weights = weights(organizations);
        var quotas = new ArrayList<Integer>(organizations);
        double target = 0;
        int given = 0;
        for (double weight : weights) {
            target += weight * jobs;
            int quota = (int) Math.round(target) - given;
            quotas.add(quota);
            given += quota;
        }
        return quotas;
    }

    /** Zipf, as steep as the bound on the largest share allows. */
    private static double[] weights(int organizations) {
        double bound = Math.max(LARGEST_SHARE, 1.5 / organizations);
        double flat = 0;
        double steep = 1.2;
        for (int i = 0; i < 40; i++) {
            double middle = (flat + steep) / 2;
            if (zipf(organizations, middle)[0] > bound) steep = middle;
            else flat = middle;
        }
        return zipf(organizations, flat);
    }

    private static double[] zipf(int organizations, double exponent) {
        var weights = new double[organizations];
        double sum = 0;
        for (int i = 0; i < organizations; i++) {
            weights[i] = Math.pow(i + 1.0, -exponent);
            sum += weights[i];
        }
        for (int i = 0; i < organizations; i++) weights[i] /= sum;
        return weights;
    }

    /** Half of the pushes make one job, some a few, some a matrix. */
    private int burst() {
        double kind = random.nextDouble();
        if (kind < 0.5) return 1;
        return kind < 0.8 ? random.nextInt(2, 5) : random.nextInt(5, 13);
    }

    private Arrival arrival(int rank, int size) {
        String organization = organization(rank);
        String repository = "repo-" + (1 + random.nextInt(1 + rank % 4));
        var jobs = new ArrayList<JobOrder>(size);
        for (int i = 0; i < size; i++) {
            String name = size == 1 ? "build" : "build (" + (i + 1) + ")";
            Duration gate =
                    random.nextDouble() < profile.gatedShare()
                            ? millis(GATE_MAX, random.nextDouble())
                            : Duration.ZERO;
            jobs.add(
                    new JobOrder(
                            organization,
                            repository,
                            name,
                            profile.labels().get(random.nextInt(profile.labels().size())),
                            jobDuration(),
                            gate,
                            random.nextDouble() >= FAILING_SHARE));
        }
        return new Arrival(millis(profile.duration(), moment(rank)), jobs);
    }

    /**
     * When a push happens, as a share of the duration. The busiest organization has its work in one
     * stretch, so that it wants more runners at once than its share of the whole suggests.
     */
    private double moment(int rank) {
        if (rank == 1 && profile.organizations() > 1) return 0.25 + 0.5 * random.nextDouble();
        double highest = 1.35;
        while (true) {
            double time = random.nextDouble();
            if (random.nextDouble() * highest <= rate(time)) return time;
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

    private Duration jobDuration() {
        double factor = Math.exp(SIGMA * random.nextGaussian() - SIGMA * SIGMA / 2);
        return millis(profile.meanJob(), Math.clamp(factor, 0.05, LONGEST_IN_MEANS));
    }

    private static Duration millis(Duration whole, double share) {
        return Duration.ofMillis((long) (whole.toMillis() * share));
    }
}
