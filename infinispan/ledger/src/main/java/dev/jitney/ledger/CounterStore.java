package dev.jitney.ledger;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Bounded counters, from zero to a ceiling that they were made with. No method blocks but {@link
 * #readAll}; each future may fail, with the outcome unknown.
 */
public interface CounterStore {

    /** Steps a counter by one, up or down; makes it when there is none. */
    CompletableFuture<Stepped> step(String name, int bound, boolean up);

    /** Sets a counter if it still says what was expected. */
    CompletableFuture<?> compareAndSwap(String name, long expected, long next);

    /** Sets a counter within its bounds; fails when there is none. */
    CompletableFuture<?> set(String name, long value);

    /** All counters of gates; one that cannot be read is left out. */
    Map<String, Long> readAll(Deadline deadline);

    /**
     * What a step led to.
     *
     * @param moved false when it stood at its bound, which is {@code value} then
     * @param value after the step
     * @param ceiling highest value the counter can have
     */
    record Stepped(boolean moved, long value, long ceiling) {}
}
