package dev.jitney.ledger;

import java.time.Duration;

/**
 * The moment at which waiting ends.
 *
 * @param nanoTime as {@link System#nanoTime} counts
 */
record Deadline(long nanoTime) {

    static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** Nanoseconds left; never negative. */
    long nanosLeft() {
        return Math.max(0, nanoTime - System.nanoTime());
    }

    /**
     * Waits a moment before the next attempt.
     *
     * @return false when there is no time left for one, or the thread is interrupted
     */
    boolean pause(Duration moment) {
        if (nanosLeft() <= moment.toNanos()) {
            return false;
        }
        try {
            Thread.sleep(moment);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
