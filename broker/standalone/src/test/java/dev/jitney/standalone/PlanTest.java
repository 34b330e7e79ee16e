package dev.jitney.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code ./jitney simulate} as it compares capacities. */
final class PlanTest {
    private static final String PROFILE =
            """
            jobs-per-hour: [60]
            organizations: [{name: octo, share: 2}, {name: team, count: 4, share: 3}]
            job-duration: {median: 2m, p95: 6m}
            matrix: [{size: 1, share: 1}, {size: 4, share: 1}]
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder = Path.of("");

    private int run(String... arguments) {
        CommandLine jitney = Jitney.commandLine();
        jitney.setOut(new PrintWriter(out));
        jitney.setErr(new PrintWriter(err));
        List<String> all = new ArrayList<>(List.of("simulate"));
        all.addAll(Arrays.asList(arguments));
        return jitney.execute(all.toArray(String[]::new));
    }

    private String written(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void comparesCapacitiesUnderTheSameLoad() throws IOException {
        Path json = folder.resolve("plan.json");
        Path svg = folder.resolve("plan.svg");

        int exit =
                run(
                        "--profile",
                        written("day.yaml", PROFILE),
                        "--capacity",
                        "20,2",
                        "--limit",
                        "4",
                        "--runners-per-node",
                        "8",
                        "--json",
                        json.toString(),
                        "--svg",
                        svg.toString());

        assertEquals(0, exit, err.toString() + out);
        assertTrue(
                out.toString().contains("60 jobs of 5 organizations over 1.0 h"), out.toString());
        assertTrue(out.toString().contains("2 runs in "), out.toString());
        JsonObject plan = new JsonObject(Files.readString(json));
        JsonObject small = plan.getJsonArray("rows").getJsonObject(0);
        JsonObject large = plan.getJsonArray("rows").getJsonObject(1);
        assertEquals(60, plan.getJsonObject("load").getInteger("jobs"));
        assertEquals(2, small.getInteger("capacity"));
        assertEquals(1, small.getInteger("nodes"));
        assertEquals(3, large.getInteger("nodes"));
        assertEquals(60, small.getInteger("jobs"));
        assertEquals(60, large.getInteger("jobs"));
        long longWait = small.getJsonObject("waitMillis").getLong("p95");
        long shortWait = large.getJsonObject("waitMillis").getLong("p95");
        assertTrue(longWait > 2 * shortWait, longWait + " and " + shortWait);
        assertTrue(small.getDouble("utilization") > large.getDouble("utilization"));
        assertTrue(Files.readString(svg).startsWith("<svg "));
    }

    @Test
    void replaysAJournal() throws IOException {
        String line =
                "{\"org\":\"octo\",\"createdAt\":\"2026-03-02T08:00:%02dZ\",\"durationSeconds\":60}\n";
        String journal = line.formatted(0) + line.formatted(1);

        int exit =
                run("--profile", written("day.ndjson", journal), "--capacity", "1", "--limit", "1");

        assertEquals(0, exit, err.toString() + out);
        assertTrue(
                out.toString().contains("from 2026-03-02T08:00:00Z; left out: 0"), out.toString());
        assertTrue(out.toString().contains("2 jobs of 1 organizations"), out.toString());
    }

    @Test
    void theOfficeDayDoesNotGrowWithTheCapacity() {
        int exit =
                run(
                        "--orgs",
                        "5",
                        "--hours",
                        "0.2",
                        "--limit",
                        "3",
                        "--capacity",
                        "30,10",
                        "--load-for",
                        "10");

        assertEquals(0, exit, err.toString() + out);
        assertTrue(
                out.toString().contains("office day for capacity 10 and limit 3"), out.toString());
        assertTrue(out.toString().contains("18 jobs of 5 organizations"), out.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --capacity 5,0                         | capacity and limit must be at least 1
                    --capacity 5,some                      | 'some'
                    --capacity 5,6 --seeds 1..2            | --seeds does not go with a comparison
                    --load-for 0                           | --load-for must be at least 1
                    --runners-per-node 0                   | --runners-per-node must be at least 1
                    --profile no/such/file                 | cannot read no/such/file
                    --profile pom.xml                      | pom.xml line 1: write jobs-per-hour
                    --profile pom.xml --orgs 5             | --orgs does not go with --profile
                    --profile pom.xml --hours 5            | --hours does not go with --profile
                    --profile pom.xml --load-for 5         | --load-for does not go with --profile
                    --svg no/such/plan.svg                 | cannot write no/such/plan.svg
                    --svg plan.svg --limit 1,2,3,4,5,6     | --svg shows at most 5 limits
                    """)
    void refusesWhatMakesNoSense(String line, String reason) {
        assertEquals(2, run(line.split(" ", -1)), out.toString());
        assertTrue(err.toString().contains(reason), err.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
    }
}
