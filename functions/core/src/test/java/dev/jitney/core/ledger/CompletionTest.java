package dev.jitney.core.ledger;

import static dev.jitney.core.ledger.Story.NOW;
import static dev.jitney.core.ledger.Story.id;
import static dev.jitney.core.ledger.Story.job;
import static dev.jitney.core.ledger.Story.runner;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.core.RunnerName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A job has ended, on a runner or on none. */
class CompletionTest {
    private final Story story = new Story();

    private Completion ended(long job, long madeFor) {
        return ended(job, Optional.of(runner(madeFor)));
    }

    private Completion cancelled(long job) {
        return ended(job, Optional.empty());
    }

    private Completion ended(long job, Optional<RunnerName> runner) {
        return story.step(ledger -> Completion.completed(ledger, job(job), runner, NOW));
    }

    @Test
    void theLeaseOfARunnerThatRanItsJob_staysUntilThePodHasEnded() {
        story.busy(1);

        assertInstanceOf(Completion.End.class, ended(1, 1));

        assertEquals("ENDING 1", story.runnerOf(1));
        assertTrue(story.ledger.isFinished(id(1)));
    }

    @Test
    void theSameAgain_saysAgainWhatIsToDo() {
        story.busy(1);
        Completion first = ended(1, 1);
        OrgLedger before = story.ledger;

        assertEquals(first, ended(1, 1));

        assertSame(before, story.ledger);
    }

    @Test
    void anInProgressThatWasLost_isMadeUpFor_soThatTheOtherJobWaitsAgain() {
        story.started(1).waiting(2);

        assertInstanceOf(Completion.End.class, ended(2, 1));

        assertEquals("ENDING 2", story.runnerOf(1));
        assertEquals(List.of(id(1)), story.backlog());
    }

    @Test
    void aJobThatWasCancelledWhileItWaited_leavesTheBacklog() {
        story.waiting(1, 2);

        assertEquals(new Completion.Nothing(), cancelled(1));

        assertEquals(List.of(id(2)), story.backlog());
    }

    @Test
    void theRunnerOfACancelledJob_servesTheOldestThatWaits() {
        story.started(1).waiting(3, 2);

        assertInstanceOf(Completion.TakenOver.class, cancelled(1));

        assertEquals("STARTED 2", story.runnerOf(1));
        assertEquals(List.of(id(3)), story.backlog());
    }

    @Test
    void theRunnerOfACancelledJob_retiresWhenNobodyWaits() {
        story.started(1);

        Completion first = cancelled(1);

        assertInstanceOf(Completion.Retire.class, first);
        assertEquals("RETIRING 1", story.runnerOf(1));
        assertEquals(first, cancelled(1));
    }

    @Test
    void aJobThatEndedOnARunnerOfSomebodyElse_leavesOursSpare() {
        story.started(1);

        assertInstanceOf(
                Completion.Retire.class, ended(1, Optional.of(new RunnerName("somebodys-own"))));
    }

    @Test
    void anUnknownJob_isRemembered() {
        assertEquals(new Completion.Nothing(), cancelled(9));

        assertTrue(story.ledger.isFinished(id(9)));
    }

    @Test
    void anEndedJob_isForgottenAfterItsEventsHaveStoppedComing() {
        story.finished(1);
        var later = NOW.plus(OrgLedger.FINISHED_FOR).plusSeconds(1);

        var _ = story.step(ledger -> JobQueued.queued(ledger, job(2), later));

        assertEquals(false, story.ledger.isFinished(id(1)));
    }
}
