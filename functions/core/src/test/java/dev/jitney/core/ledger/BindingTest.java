package dev.jitney.core.ledger;

import static dev.jitney.core.ledger.Story.LARGE;
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
import org.junit.jupiter.api.Test;

/** GitHub says which runner took which job: count runners, never pair them with jobs. */
class BindingTest {
    private final Story story = new Story();

    private Binding bound(long job, long madeFor) {
        return bound(job, runner(madeFor));
    }

    private Binding bound(long job, RunnerName runner) {
        return story.step(ledger -> Binding.bound(ledger, job(job), runner, NOW));
    }

    @Test
    void aRunnerTakesTheJobItWasMadeFor() {
        story.started(1);

        assertInstanceOf(Binding.Serving.class, bound(1, 1));

        assertEquals("BUSY 1", story.runnerOf(1));
    }

    @Test
    void aRunnerTakesAJobThatWaits_andTheJobItWasMadeForWaitsInstead_withItsAge() {
        story.started(2).waiting(1, 3);

        var displaced = assertInstanceOf(Binding.Displaced.class, bound(3, 2));

        assertEquals("BUSY 3", story.runnerOf(2));
        assertEquals(List.of(id(1), id(2)), story.backlog());
        assertEquals(job(2).createdAt(), displaced.requeued().createdAt());
        assertEquals("small-2-2", displaced.requeued().runner().value());
    }

    @Test
    void twoRunnersThatTookEachOthersJobs_exchangeThem() {
        story.started(1, 2);

        assertInstanceOf(Binding.Swapped.class, bound(1, 2));
        assertEquals("BUSY 1", story.runnerOf(2));
        assertEquals("STARTED 2", story.runnerOf(1));

        assertInstanceOf(Binding.Serving.class, bound(2, 1));
        assertEquals("BUSY 2", story.runnerOf(1));
        assertEquals(List.of(), story.backlog());
    }

    /** A large runner has the labels of a small one; a small one can never serve a large job. */
    @Test
    void aRunnerThatTookAJobOfAnotherClass_leavesThatOnesRunnerToItsOwnClass() {
        story.started(1);
        WaitingJob large = job(2, LARGE);
        var _ = story.step(ledger -> JobQueued.queued(ledger, large, NOW));
        var _ = story.step(ledger -> Leasing.granted(ledger, Story.place(large), 3, NOW));
        story.waiting(3);

        assertInstanceOf(Binding.Displaced.class, bound(1, large.runner()));

        Lease taken = story.ledger.lease(large.runner()).orElseThrow();
        assertEquals(id(1), taken.job().id());
        assertEquals(LARGE, taken.runnerClass());
        assertEquals("STARTED 3", story.runnerOf(1));
        assertEquals(List.of(id(2)), story.backlog());
        assertEquals(LARGE, Place.of(Story.ORG, taken, NOW).runnerClass());
    }

    @Test
    void aJobWhoseQueuedHasNotCome_isBoundAllTheSame() {
        story.started(1);

        assertInstanceOf(Binding.Displaced.class, bound(9, 1));

        assertEquals("BUSY 9", story.runnerOf(1));
        assertEquals(List.of(id(1)), story.backlog());
    }

    @Test
    void aRunnerThatIsNotOurs_takesTheJobOutOfTheBacklog_andNothingElseChanges() {
        story.started(1).waiting(2);

        assertInstanceOf(Binding.Foreign.class, bound(2, new RunnerName("somebodys-own")));

        assertEquals(List.of(), story.backlog());
        assertTrue(story.ledger.isFinished(id(2)));
        assertEquals("STARTED 1", story.runnerOf(1));
    }

    @Test
    void aRunnerThatIsNotOurs_makesTheRunnerOfItsJobSpare_forTheOldestOfItsClass() {
        story.started(1);
        var _ = story.step(ledger -> JobQueued.queued(ledger, job(2, LARGE), NOW));
        story.waiting(4, 3);

        bound(1, new RunnerName("somebodys-own"));

        assertEquals("STARTED 3", story.runnerOf(1));
        assertEquals(List.of(id(2), id(4)), story.backlog());
    }

    @Test
    void theSameAgain_changesNothing() {
        story.started(2).waiting(1);
        bound(1, 2);
        OrgLedger before = story.ledger;

        assertInstanceOf(Binding.Serving.class, bound(1, 2));

        assertSame(before, story.ledger);
    }

    @Test
    void aJobThatHasEnded_isNotBoundByALateEvent() {
        story.started(1).finished(9);
        OrgLedger before = story.ledger;

        assertEquals(new Binding.Stale(), bound(9, 1));

        assertSame(before, story.ledger);
    }

    @Test
    void aRunnerThatWasToRetire_isBusyAfterAll() {
        story.started(1).finished(1);
        assertEquals(LeaseState.RETIRING, story.lease(1).state());

        assertInstanceOf(Binding.Serving.class, bound(2, 1));

        assertEquals("BUSY 2", story.runnerOf(1));
    }
}
