package dev.jitney.ledger;

import dev.jitney.core.RunnerName;
import dev.jitney.core.ledger.LedgerUnavailable;
import java.time.Duration;
import java.util.Optional;

/**
 * Locks for work that only one process should do at a time. They spare double work and guard
 * nothing else: a lock ends when its life is over, whether or not its holder is done, so the work
 * must bear being done twice.
 */
public interface Locks {
    /**
     * Takes a lock, if nobody holds it. Never waits for its holder.
     *
     * @param name what is locked
     * @param life how long the lock holds at most, above zero; over when a holder dies
     * @return the lock; empty while somebody holds it
     * @throws LedgerUnavailable when the store does not answer. The lock may be taken all the same,
     *     until its life is over
     */
    Optional<Lock> take(String name, Duration life);

    /** Name of the lock on one runner: on making it, and on taking it back. */
    static String of(RunnerName runner) {
        return "runner/" + runner;
    }

    /** A lock that is held. */
    interface Lock extends AutoCloseable {
        /**
         * Gives the lock back, unless its life is over and somebody else holds it. Never throws: a
         * lock that could not be given back ends by itself.
         */
        @Override
        void close();
    }
}
