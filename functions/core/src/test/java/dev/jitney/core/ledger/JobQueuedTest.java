package dev.jitney.core.ledger;

import static dev.jitney.core.ledger.Story.NOW;
import static dev.jitney.core.ledger.Story.id;
import static dev.jitney.core.ledger.Story.job;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.core.RunnerName;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A job wants a runner, or wants one no longer. */
class JobQueuedTest {
    private final Story story = new Story();

    private JobQueued queued(long job) {
        return story.step(ledger -> JobQueued.queued(ledger, job(job), NOW));
    }

    private boolean gated(long job) {
        return story.step(ledger -> JobQueued.gated(ledger, id(job), NOW));
    }

    @Test
    void aJobGoesIntoTheBacklogByItsAge_howeverLateItsEventComes() {
        story.waiting(1, 3);

        assertEquals(new JobQueued.Waiting(true), queued(2));

        assertEquals(List.of(id(1), id(2), id(3)), story.backlog());
    }

    /** It may have had runners in a ledger that was lost: GitHub knows what ran on them by name. */
    @Test
    void aJobThatComesLate_getsALaterNameThanItCanHaveUsedUp() {
        Instant late = NOW.plusSeconds(1 + 95);

        var _ = story.step(ledger -> JobQueued.queued(ledger, job(1), late));

        assertEquals(
                new RunnerName("small-1-96"), story.ledger.waiting(id(1)).orElseThrow().runner());
    }

    @Test
    void aJobThatComesInTime_getsThePlainName() {
        Instant inTime = NOW.plusSeconds(1 + 10);

        var _ = story.step(ledger -> JobQueued.queued(ledger, job(1), inTime));

        assertEquals(new RunnerName("small-1"), story.ledger.waiting(id(1)).orElseThrow().runner());
    }

    @Test
    void aJobThatWaitsAlready_changesNothing() {
        story.waiting(1);
        OrgLedger before = story.ledger;

        assertEquals(new JobQueued.Waiting(false), queued(1));

        assertSame(before, story.ledger);
    }

    @Test
    void aJobThatHasARunner_changesNothing() {
        story.busy(1);
        OrgLedger before = story.ledger;

        assertEquals(new JobQueued.Leased(story.lease(1)), queued(1));

        assertSame(before, story.ledger);
    }

    @Test
    void aJobWhoseCompletedCameFirst_isRememberedAndIgnored() {
        story.finished(1);

        assertEquals(new JobQueued.Finished(), queued(1));

        assertEquals(List.of(), story.backlog());
    }

    @Test
    void aJobBehindAGate_leavesTheBacklog_andComesBackWithItsAge() {
        story.waiting(1, 2);

        assertTrue(gated(1));
        assertEquals(List.of(id(2)), story.backlog());

        assertEquals(new JobQueued.Waiting(true), queued(1));
        assertEquals(List.of(id(1), id(2)), story.backlog());
    }

    @Test
    void theRunnerOfAJobThatWentBehindAGate_servesTheOldestThatWaits() {
        story.started(1).waiting(3, 2);

        assertTrue(gated(1));

        assertEquals("STARTED 2", story.runnerOf(1));
        assertEquals(List.of(id(3)), story.backlog());
    }

    @Test
    void aJobThatRuns_isNotHeldBackByALateGate() {
        story.busy(1);

        assertEquals(false, gated(1));

        assertEquals("BUSY 1", story.runnerOf(1));
    }
}
