package dev.jitney.ghes.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jitney.ghes.simulator.Assignment.IdleRunner;
import dev.jitney.ghes.simulator.Assignment.QueuedJob;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class AssignmentTest {

    private static QueuedJob job(long id, String... labels) {
        return new QueuedJob(id, Assignment.labels(List.of(labels)));
    }

    private static IdleRunner runner(long id, String name, String... labels) {
        return new IdleRunner(id, name, Assignment.labels(List.of(labels)));
    }

    @Test
    void aRunnerTakesTheOldestJobWhoseLabelsItHas() {
        var runner = runner(1, "code-linux-9", "code-linux", "x64");
        var queued = Stream.of(job(7, "gpu"), job(8, "CODE-linux"), job(9, "code-linux"));

        var taken = Assignment.forRunner(runner, queued, false);

        assertEquals(Optional.of(job(8, "code-linux")), taken);
    }

    @Test
    void aSwapAvoidsTheOldestAndTheOneInTheName() {
        var runner = runner(1, "code-linux-8-2", "code-linux");
        var queued = Stream.of(job(7, "code-linux"), job(8, "code-linux"), job(9, "code-linux"));

        var taken = Assignment.forRunner(runner, queued, true);

        assertEquals(Optional.of(job(9, "code-linux")), taken);
    }

    @Test
    void aSwapWithoutAChoiceTakesTheOnlyJob() {
        var runner = runner(1, "code-linux-7", "code-linux");

        var taken = Assignment.forRunner(runner, Stream.of(job(7, "code-linux")), true);

        assertEquals(Optional.of(job(7, "code-linux")), taken);
    }

    @Test
    void aRunnerLackingALabelTakesNothing() {
        var runner = runner(1, "r", "code-linux");

        assertEquals(
                Optional.empty(),
                Assignment.forRunner(runner, Stream.of(job(7, "code-linux", "gpu")), false));
    }

    @Test
    void aJobGoesToTheOldestRunnerAndWithASwapToTheNewest() {
        var old = runner(1, "a", "x");
        var other = runner(2, "b", "y");
        var fresh = runner(3, "c", "X");

        assertEquals(
                Optional.of(old),
                Assignment.forJob(job(7, "x"), Stream.of(fresh, other, old), false));
        assertEquals(
                Optional.of(fresh),
                Assignment.forJob(job(7, "x"), Stream.of(old, other, fresh), true));
    }
}
