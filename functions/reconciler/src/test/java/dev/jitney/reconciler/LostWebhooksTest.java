package dev.jitney.reconciler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An hour of 300 jobs of twenty organizations on a virtual clock, a tick a minute with 400 calls,
 * and a hook whose deliveries nobody can list: every job runs, however many webhooks are lost.
 */
class LostWebhooksTest {
    private static final int JOBS = 300;
    private static final Duration HOUR = Duration.ofHours(1);

    private final VirtualSite site = new VirtualSite();
    private final Instant start = site.now;

    /** Seconds from the beginning of a job's life to that of its work. */
    private List<Long> run(long seed, Predicate<VirtualGhes.Job> lost) {
        site.lost = lost;
        var random = new Random(seed);
        var arrivals = random.ints(JOBS, 0, (int) HOUR.toSeconds()).sorted().boxed().toList();
        int next = 0;
        for (int second = 1; second <= HOUR.multipliedBy(3).toSeconds(); second++) {
            site.second();
            while (next < JOBS && arrivals.get(next) <= second) {
                String organization = "org-%02d".formatted(random.nextInt(20));
                site.arrives(++next, organization, Duration.ofSeconds(60 + random.nextInt(180)));
            }
            if (second % 60 == 0) {
                int before = site.ghes.calls;
                site.tick(400, Runnable::run);
                // Retiring a runner is no question, and at most two calls each.
                assertTrue(site.ghes.calls - before <= 480, "calls: " + (site.ghes.calls - before));
            }
            site.assertLimits();
            if (next == JOBS && site.isOver() && second % 60 == 0 && isQuiet()) {
                break;
            }
        }
        assertTrue(site.isOver(), "every job ran");
        site.assertNothingLeft();
        return site.ghes.jobs.values().stream()
                .map(job -> Duration.between(job.createdAt, job.startedAt).toSeconds())
                .sorted()
                .toList();
    }

    private boolean isQuiet() {
        return site.pods.pods.isEmpty()
                && site.ghes.registrations.isEmpty()
                && site.ledgers.readCluster().places().isEmpty()
                && site.ledgers.readAll().stream().allMatch(each -> each.isIdle());
    }

    private static long percentile(List<Long> sorted, int percent) {
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }

    private static void report(String what, List<Long> waits) {
        System.out.printf(
                "%s: wait p50 %d s, p95 %d s, max %d s%n",
                what, percentile(waits, 50), percentile(waits, 95), waits.getLast());
    }

    @Test
    void withoutALossNothingIsLate() {
        List<Long> waits = run(1, _ -> false);

        report("no webhook lost", waits);
        assertEquals(5, percentile(waits, 50));
        assertTrue(site.repairs.stream().noneMatch(each -> each.startsWith("MISSED")));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyFifthWebhookIsLost_andEveryJobRuns(long seed) {
        var dice = new Random(seed);

        List<Long> waits = run(seed, _ -> dice.nextInt(5) == 0);

        report("20 % of the webhooks lost", waits);
        assertTrue(percentile(waits, 95) <= 180, "p95: " + percentile(waits, 95));
        assertTrue(site.repairs.contains("MISSED_QUEUED"), "it was the reconciler's work");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyWebhookOfHalfAnHourIsLost_andEveryJobRuns(long seed) {
        Instant from = start.plus(Duration.ofMinutes(10));
        Instant to = from.plus(Duration.ofMinutes(30));

        List<Long> waits = run(seed, _ -> !site.now.isBefore(from) && site.now.isBefore(to));

        report("all webhooks of 30 min lost", waits);
        assertTrue(waits.getLast() <= 1800, "max: " + waits.getLast());
    }

    @Test
    void everyWebhookIsLost_andEveryJobRuns() {
        List<Long> waits = run(1, _ -> true);

        report("all webhooks lost", waits);
        assertTrue(waits.getLast() <= 1800, "max: " + waits.getLast());
    }
}
