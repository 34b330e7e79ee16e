package dev.jitney.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jitney.core.ledger.Gates;
import dev.jitney.core.ledger.Gates.Verdict;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every kind of gate does. */
abstract class GatesContract {
    static final int BOUND = 10;

    abstract InspectableGates gates();

    /** A counter that no test has used. */
    abstract String fresh();

    /** The answer, however long a busy machine takes for it. */
    static Verdict verdict(Gates.Passage passage) {
        for (int i = 0; i < 50; i++) {
            Verdict verdict = passage.verdict();
            if (verdict != Verdict.UNKNOWN) {
                return verdict;
            }
        }
        return Verdict.UNKNOWN;
    }

    void awaitValue(String name, long value) throws InterruptedException {
        Crowd.until(
                name + " says " + value + ": " + gates().readAll(),
                () -> Long.valueOf(value).equals(gates().readAll().get(name)));
    }

    /** Makes a counter that stands where the test wants it. */
    String standingAt(long value) throws InterruptedException {
        String name = fresh();
        verdict(gates().enter(name, BOUND));
        gates().set(name, value);
        awaitValue(name, value);
        return name;
    }

    @Test
    void letsExactlyAsManyThroughAsTheBoundSays() throws Exception {
        String name = fresh();

        List<Verdict> verdicts = Crowd.run(64, 320, _ -> verdict(gates().enter(name, BOUND)));

        assertEquals(BOUND, Collections.frequency(verdicts, Verdict.OPEN));
        assertEquals(310, Collections.frequency(verdicts, Verdict.FULL));
        assertEquals(BOUND, gates().readAll().get(name));
    }

    @Test
    void opensAgainWhenSomebodyLeaves() throws Exception {
        String name = standingAt(BOUND);

        assertEquals(Verdict.FULL, verdict(gates().enter(name, BOUND)));
        assertEquals(Verdict.OPEN, verdict(gates().leave(name, BOUND)));
        assertEquals(Verdict.OPEN, verdict(gates().enter(name, BOUND)));
    }

    @Test
    void stepsBackWhatLedToNothing() throws Exception {
        String name = standingAt(4);

        Gates.Passage passage = gates().enter(name, BOUND);
        assertEquals(Verdict.OPEN, verdict(passage));
        gates().settle(passage, false, 4);

        awaitValue(name, 4);
    }

    @Test
    void isSetRightAfterHavingBeenWrong() throws Exception {
        String name = standingAt(7);

        gates().settle(gates().enter(name, BOUND), true, 3);
        awaitValue(name, 3);

        gates().settle(gates().leave(name, BOUND), true, 5);
        awaitValue(name, 5);
    }

    @Test
    void isSetRightAfterHavingBeenFullForNothing() throws Exception {
        String name = standingAt(BOUND);

        Gates.Passage passage = gates().enter(name, BOUND);
        assertEquals(Verdict.FULL, verdict(passage));
        gates().settle(passage, true, 2);

        awaitValue(name, 2);
    }

    @Test
    void isSetRightAfterHavingBeenBelowTheTruth() throws Exception {
        String name = standingAt(0);

        gates().settle(gates().leave(name, BOUND), true, 6);

        awaitValue(name, 6);
    }

    @Test
    void aTruthAboveTheCeilingMakesItFull() throws Exception {
        String name = standingAt(3);

        gates().settle(gates().enter(name, BOUND), true, BOUND + 5);

        awaitValue(name, BOUND);
    }

    @Test
    void aLoweredLimitCountsAtOnce() throws Exception {
        String name = standingAt(5);

        Gates.Passage passage = gates().enter(name, 5);
        assertEquals(Verdict.FULL, verdict(passage));
        gates().settle(passage, false, 5);

        awaitValue(name, 5);
    }

    @Test
    void anOutdatedCeilingSaysNothingAboutARaisedLimit() throws Exception {
        String name = standingAt(BOUND);

        assertEquals(Verdict.UNKNOWN, gates().enter(name, BOUND + 10).verdict());
    }

    @Test
    void aCounterThatDoesNotExistIsNotSet() {
        String name = fresh();
        long before = gates().errors();

        gates().set(name, 3);

        assertEquals(before + 1, gates().errors());
        assertEquals(null, gates().readAll().get(name));
    }
}
