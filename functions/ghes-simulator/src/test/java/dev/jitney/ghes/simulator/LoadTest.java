package dev.jitney.ghes.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LoadTest {

    private static final LoadProfile OFFICE_HOUR = LoadProfile.of(40, 1000, 7);

    private static List<JobOrder> jobs(List<Load.Arrival> arrivals) {
        return arrivals.stream().flatMap(arrival -> arrival.jobs().stream()).toList();
    }

    /** How many of an organization's jobs would run in each minute if none had to wait. */
    private static int[] demand(List<Load.Arrival> arrivals, String prefix) {
        var minutes = new int[180];
        for (Load.Arrival arrival : arrivals) {
            for (JobOrder job : arrival.jobs()) {
                if (!job.organization().startsWith(prefix)) continue;
                long from = arrival.at().toMinutes();
                long to = arrival.at().plus(job.duration()).toMinutes();
                for (long minute = from; minute <= to; minute++) minutes[(int) minute]++;
            }
        }
        return minutes;
    }

    private static long minutesAbove(int[] demand, int runners) {
        return Arrays.stream(demand).filter(d -> d > runners).count();
    }

    @Test
    void theSameSeedGivesTheSameLoad() {
        assertEquals(Load.arrivals(OFFICE_HOUR), Load.arrivals(LoadProfile.of(40, 1000, 7)));
        assertNotEquals(Load.arrivals(OFFICE_HOUR), Load.arrivals(LoadProfile.of(40, 1000, 8)));
    }

    @Test
    void hasExactlyTheJobsAskedForInOrderWithinTheHour() {
        List<Load.Arrival> arrivals = Load.arrivals(OFFICE_HOUR);

        assertEquals(1000, jobs(arrivals).size());
        List<Duration> times = arrivals.stream().map(Load.Arrival::at).toList();
        assertEquals(times.stream().sorted().toList(), times);
        assertTrue(Collections.max(times).compareTo(Duration.ofHours(1)) <= 0);
        assertTrue(arrivals.stream().anyMatch(arrival -> arrival.jobs().size() >= 5));
    }

    @Test
    void jobsTakeAboutElevenMinutes() {
        for (long seed = 1; seed <= 10; seed++) {
            double mean =
                    jobs(Load.arrivals(LoadProfile.of(40, 1000, seed))).stream()
                            .mapToLong(job -> job.duration().toMillis())
                            .average()
                            .orElseThrow();
            assertEquals(11.0, mean / 60_000, 1.0, "seed " + seed);
        }
    }

    @Test
    void wantsMoreThanTwoHundredRunnersForAWhile() {
        for (long seed = 1; seed <= 10; seed++) {
            int[] demand = demand(Load.arrivals(LoadProfile.of(40, 1000, seed)), "org-");
            assertTrue(minutesAbove(demand, 200) >= 15, "seed " + seed);
        }
    }

    @Test
    void theBusiestOrganizationWantsMoreThanTenForAWhileButIsNoGiant() {
        for (long seed = 1; seed <= 10; seed++) {
            List<Load.Arrival> arrivals = Load.arrivals(LoadProfile.of(40, 1000, seed));
            String busiest = Load.organization(1);

            long jobs =
                    jobs(arrivals).stream()
                            .filter(job -> job.organization().equals(busiest))
                            .count();
            assertTrue(jobs >= 50 && jobs <= 60, "jobs " + jobs);
            assertTrue(minutesAbove(demand(arrivals, busiest), 10) >= 10, "seed " + seed);
        }
    }

    @Test
    void everyOrganizationHasOneToFourRepositories() {
        List<Load.Arrival> arrivals = Load.arrivals(LoadProfile.of(8, 2000, 3));

        for (int rank = 1; rank <= 8; rank++) {
            String organization = Load.organization(rank);
            long repositories =
                    jobs(arrivals).stream()
                            .filter(job -> job.organization().equals(organization))
                            .map(JobOrder::repository)
                            .distinct()
                            .count();
            assertEquals(1 + rank % 4, repositories, organization);
        }
    }

    @Test
    void quotasAddUp() {
        for (int organizations : List.of(1, 2, 7, 40, 1000)) {
            List<Integer> quotas = Load.quotas(organizations, 1234);
            assertEquals(1234, quotas.stream().mapToInt(Integer::intValue).sum());
            assertTrue(quotas.stream().allMatch(quota -> quota >= 0));
        }
    }
}
