package dev.jitney.simulation.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.simulation.engine.Nanos;
import dev.jitney.simulation.ghes.JobPlan;
import dev.jitney.simulation.load.LoadProfile.JobDuration;
import dev.jitney.simulation.load.LoadProfile.MatrixShare;
import dev.jitney.simulation.load.LoadProfile.OrganizationShare;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LoadProfileYamlTest {
    private static final String DAY =
            """
            jobs-per-hour: [100, 400, 0, 50]
            organizations:
              - {name: Payments, share: 30}
              - {name: team, count: 3, share: 60, job-duration: {median: 1m}}
            job-duration: {median: 4m, p95: 0.5h}
            matrix:
              - {size: 1, share: 2}
              - {size: 12, share: 0.5}
            """;

    @Test
    void readsAll() {
        JobDuration usual = new JobDuration(4 * Nanos.MINUTE, 30 * Nanos.MINUTE);
        JobDuration always = new JobDuration(Nanos.MINUTE, Nanos.MINUTE);

        assertEquals(
                new LoadProfile(
                        List.of(100, 400, 0, 50),
                        List.of(
                                new OrganizationShare("payments", 30, usual),
                                new OrganizationShare("team-1", 20, always),
                                new OrganizationShare("team-2", 20, always),
                                new OrganizationShare("team-3", 20, always)),
                        List.of(new MatrixShare(1, 2), new MatrixShare(12, 0.5))),
                LoadProfileYaml.read("day.yaml", DAY));
    }

    @Test
    void eachHourHasItsJobs() {
        Load load = LoadProfileYaml.read("day.yaml", DAY).load(7);

        int[] hours = new int[4];
        load.jobs().forEach(job -> hours[(int) (job.at() / Nanos.HOUR)]++);
        assertEquals(List.of(100, 400, 0, 50), Arrays.stream(hours).boxed().toList());
        assertEquals(4, load.hours());
        assertEquals(load, LoadProfileYaml.read("day.yaml", DAY).load(7));
    }

    @Test
    void theExampleOfTheDocsIsTheFile() throws IOException {
        Path docs =
                Path.of(Objects.requireNonNull(System.getProperty("jitney.root"))).resolve("docs");
        String example = Files.readString(docs.resolve("examples/working-day.yaml"));

        assertEquals(205, LoadProfileYaml.read("day", example).shares().size());
        String shown = example.substring(example.indexOf('\n') + 1);
        assertTrue(Files.readString(docs.resolve("capacity-planning.md")).contains(shown));
    }

    @Test
    void durationsHaveTheirMedianAndPercentile() {
        String steady =
                """
                jobs-per-hour: [20000]
                organizations: [{name: octo, share: 1}]
                job-duration: {median: 4m, p95: 20m}
                """;

        long[] durations =
                LoadProfileYaml.read("day.yaml", steady).load(1).jobs().stream()
                        .mapToLong(JobPlan::duration)
                        .sorted()
                        .toArray();

        assertEquals(4, durations[10_000] / (double) Nanos.MINUTE, 0.2);
        assertEquals(20, durations[19_000] / (double) Nanos.MINUTE, 1.5);
    }

    @Test
    void organizationsHaveTheirShare() {
        List<JobPlan> jobs =
                LoadProfileYaml.read(
                                "day.yaml",
                                """
                                jobs-per-hour: [20000]
                                organizations: [{name: big, share: 3}, {name: small, share: 1}]
                                job-duration: {median: 4m}
                                """)
                        .load(1)
                        .jobs();

        long big = jobs.stream().filter(job -> job.organization().equals("big")).count();
        assertTrue(big > 14_600 && big < 15_400, big + " of 20000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    100, 400       | 100, -5   | 1 | '-5' is not a whole number from 0 to 1000000
                    [100, 400, 0, 50] | []     | 1 | write a list of at least one
                    [100, 400, 0, 50] | [0, 0] | 1 | no job arrives in any hour
                    [100, 400, 0, 50] | [900000, 900000] | 1 | these are 1800000 jobs; write at most 1000000
                    organizations: | orgs:     | 2 | 'orgs' is not known; write jobs-per-hour, organizations, job-duration or matrix
                    share: 30      | share: 0  | 3 | '0' is not a number above 0
                    share: 30      | weight: 3 | 3 | 'weight' is not known; write name, count, share or job-duration
                    , share: 30    | ``        | 3 | 'share' is missing
                    Payments       | pay.ments | 3 | 'pay.ments' is not the login of an organization
                    Payments       | team-2    | 4 | organization 'team-2' is there twice
                    count: 3       | count: 0  | 4 | '0' is not a whole number from 1 to 9999
                    count: 3       | count: 3, count: 4 | 4 | 'count' is there twice
                    median: 1m     | median: 1 | 4 | '1' is not a duration above 0 and up to 24h, such as 90s or 4m
                    median: 1m     | p95: 1m   | 4 | 'median' is missing
                    0.5h           | 1m        | 5 | p95 is less than the median
                    0.5h           | 25h       | 5 | '25h' is not a duration above 0 and up to 24h, such as 90s or 4m
                    size: 12       | size: 257 | 8 | '257' is not a whole number from 1 to 256
                    """)
    void tellsWhatIsWrongAndWhere(String what, String instead, int line, String reason) {
        String wrong = DAY.replace(what, instead);

        LoadRefused refused =
                assertThrows(LoadRefused.class, () -> LoadProfileYaml.read("day.yaml", wrong));

        assertEquals("day.yaml line " + line + ": " + reason, refused.getMessage());
    }

    @Test
    void tellsOfWhatIsNoYaml() {
        LoadRefused refused =
                assertThrows(LoadRefused.class, () -> LoadProfileYaml.read("x", "a: b\nc: [d\n"));
        assertTrue(String.valueOf(refused.getMessage()).startsWith("x line 3: "));
        LoadRefused empty = assertThrows(LoadRefused.class, () -> LoadProfileYaml.read("x", ""));
        assertEquals("x line 1: the profile is empty", empty.getMessage());
    }
}
