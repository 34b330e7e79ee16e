package dev.jitney.core.ledger;

import dev.jitney.core.Organization;
import dev.jitney.core.RunnerClassName;

/**
 * The distributed counters in front of the ledgers: shared by all functions, cheap to ask, and
 * sometimes wrong. Their yes is never enough and their no is never final; whoever holds the fresh
 * ledger sets them right. No method throws or waits for an answer.
 */
public interface Gates {

    /**
     * Steps a counter up by one.
     *
     * @param name of the counter, see {@link #CLUSTER}, {@link #of(Organization)} and {@link
     *     #of(RunnerClassName)}
     * @param bound the limit now; an existing counter keeps the bound it was made with
     */
    Passage enter(String name, int bound);

    /** Steps a counter down by one. */
    Passage leave(String name, int bound);

    /**
     * Compares a counter with the ledger and sets it right by compare-and-swap.
     *
     * @param passage as {@link #enter} or {@link #leave} gave it
     * @param kept whether the step stands; false steps back a step up that led to nothing
     * @param truth what the ledger says
     */
    void settle(Passage passage, boolean kept, int truth);

    /** Counts runners of the whole cluster. */
    String CLUSTER = "cluster";

    /** Counts runners of one organization. */
    static String of(Organization organization) {
        return "org/" + organization;
    }

    /** Counts runners of one class. */
    static String of(RunnerClassName runnerClass) {
        return "class/" + runnerClass;
    }

    /** A step on a counter whose answer may still be on its way. */
    interface Passage {
        /** Waits for the answer, for as long as the implementation allows a counter to take. */
        Verdict verdict();
    }

    /** What a counter said. */
    enum Verdict {
        OPEN,
        FULL,
        /** No answer, or an error: the ledger decides alone. */
        UNKNOWN
    }
}
