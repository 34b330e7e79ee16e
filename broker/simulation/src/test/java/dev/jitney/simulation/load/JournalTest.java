package dev.jitney.simulation.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jitney.simulation.engine.Nanos;
import dev.jitney.simulation.ghes.JobPlan;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JournalTest {
    private static final String PLAIN =
            "{\"org\":\"Octo\",\"createdAt\":\"2026-03-02T08:00:00Z\",\"durationSeconds\":90.5}";

    private static String webhook(long id, long run, String status, String times, long runner) {
        return """
               {"action":"%s","workflow_job":{"id":%d,"run_id":%d,"status":"%s","runner_id":%d,%s},\
               "repository":{"full_name":"Team/App"},"organization":{"login":"Team"}}\
               """
                .formatted(status, id, run, status, runner, times);
    }

    private static String ended(long id, long run, String created, String started, String ended) {
        return webhook(
                id,
                run,
                "completed",
                "\"created_at\":\"2026-03-02T%sZ\",\"started_at\":\"2026-03-02T%sZ\",\"completed_at\":\"2026-03-02T%sZ\""
                        .formatted(created, started, ended),
                5);
    }

    private static JobPlan plan(long at, int run, String org, String repository, long duration) {
        return new JobPlan(at, run, org, repository, duration, 0, -1, false, false);
    }

    @Test
    void replaysArrivalsOrganizationsAndDurations() {
        String second = ended(12, 7, "08:01:30", "08:09:00", "08:10:00");
        Journal journal =
                Journal.read(
                        "day.ndjson",
                        List.of(
                                second,
                                "",
                                ended(11, 7, "08:01:00", "08:02:00", "08:02:05"),
                                PLAIN,
                                "{\"specversion\":\"1.0\",\"type\":\"x\",\"data\":" + second + "}",
                                webhook(11, 7, "queued", "\"created_at\":\"x\"", 0),
                                webhook(13, 8, "in_progress", "\"created_at\":\"x\"", 6),
                                webhook(14, 8, "completed", "\"conclusion\":\"skipped\"", 0))
                                .stream());

        assertEquals(
                List.of(
                        plan(0, 1, "octo", "octo/journal", 90_500 * Nanos.MILLI),
                        plan(Nanos.MINUTE, 2, "team", "team/app", 5 * Nanos.SECOND),
                        plan(90 * Nanos.SECOND, 2, "team", "team/app", Nanos.MINUTE)),
                journal.load().jobs());
        assertEquals(List.of("octo", "team"), journal.load().organizations());
        assertEquals(2 / 60.0, journal.load().hours());
        assertEquals(Instant.parse("2026-03-02T08:00:00Z"), journal.begin());
        assertEquals(1, journal.withoutRunner());
        assertEquals(1, journal.open());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    octo | this is not JSON: Unrecognized token 'octo': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')
                    [1] | this is not a JSON object
                    {"name":"octo"} | this has neither 'org' nor 'workflow_job'
                    {"org":"octo","createdAt":"2026-03-02T08:00:00Z"} | 'durationSeconds' is missing
                    {"org":"octo","createdAt":"2026-03-02T08:00:00Z","durationSeconds":-1} | 'durationSeconds' is not a number from 0
                    {"org":"octo","createdAt":"2026-03-02T08:00:00Z","durationSeconds":432001} | the job took PT120H1S, not up to 5 days
                    {"org":"octo","createdAt":"yesterday","durationSeconds":1} | 'createdAt' is 'yesterday', not a time such as 2026-03-02T08:00:00Z
                    {"org":" ","createdAt":"2026-03-02T08:00:00Z","durationSeconds":1} | 'org' is not a text
                    {"specversion":"1.0"} | 'data' is missing
                    {"workflow_job":{"id":"x"}} | 'id' is not a number
                    {"workflow_job":{"id":1,"status":"completed","runner_id":2,"started_at":"x"}} | 'repository' is missing
                    """)
    void tellsWhatIsWrongAndWhere(String line, String reason) {
        LoadRefused refused =
                assertThrows(
                        LoadRefused.class,
                        () -> Journal.read("day.ndjson", List.of(PLAIN, line).stream()));

        assertEquals("day.ndjson line 2: " + reason, refused.getMessage());
    }

    @Test
    void refusesWhatIsTooLongOrHasNoJob() {
        LoadRefused none =
                assertThrows(LoadRefused.class, () -> Journal.read("x", List.of("").stream()));
        assertEquals("x line 1: no line tells of a job that ran", none.getMessage());

        String later = PLAIN.replace("03-02", "03-12");
        LoadRefused tooLong =
                assertThrows(
                        LoadRefused.class, () -> Journal.read("x", List.of(PLAIN, later).stream()));
        assertEquals(
                "x: the jobs arrive over 240 hours; leave the lines of at most 100",
                tooLong.getMessage());
    }
}
